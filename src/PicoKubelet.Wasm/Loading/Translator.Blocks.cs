using System;

namespace PicoKubelet.Wasm;


/// <content>Blocks, their types, and jumps to them.</content>
internal sealed partial class Translator
{
    private Block[] _blocks = new Block[4];
    private int _blockDepth;

    private void PushBlock(int kind, int type)
    {
        if (++_blockDepth > _limits.BlockDepth)
        {
            throw _reader.Beyond("BlockDepth");
        }

        if (_blockDepth == _blocks.Length)
        {
            var blocks = new Block[_blockDepth * 2];
            Array.Copy(_blocks, blocks, _blockDepth);
            _blocks = blocks;
        }

        var block = _blocks[_blockDepth] ??= new Block();
        block.Kind = kind;
        block.Type = type;
        block.Height = _height;
        block.Narrow = _narrow;
        block.Wide = _wide;
        block.Unreachable = false;
        block.Dead = _dead;
        block.Start = _code.Count;
        block.Jumps = -1;
        block.ElseJump = -1;
    }

    private int ParameterCount(Block block) => block.Type < 0 || block.Kind == Block.Function ? 0 : _module.Types.ParameterCount(block.Type);

    private int ResultCount(Block block) => block.Type >= 0 ? _module.Types.ResultCount(block.Type) : block.Type == -1 ? 0 : 1;

    private int ResultType(Block block, int index) => block.Type >= 0 ? _module.Types.Result(block.Type, index) : -block.Type;

    // What a jump to the block takes with it: a loop's parameters, else the results.
    private int LabelCount(Block block) => block.Kind == Block.Loop ? ParameterCount(block) : ResultCount(block);

    private int LabelType(Block block, int index) => block.Kind == Block.Loop ? _module.Types.Parameter(block.Type, index) : ResultType(block, index);

    private int BlockType()
    {
        var first = _reader.Byte();
        if (first == 0x40)
        {
            return -1;
        }

        if (first < 0x80 && (first & 0x40) != 0)
        {
            return -ValueType(first);
        }

        var type = _reader.S32(first);
        if (type < 0 || type >= _module.Types.Count)
        {
            throw _reader.Invalid("unknown type");
        }

        return type;
    }

    private void EnterBlock(int op)
    {
        var type = BlockType();
        var condition = op == 0x04;
        if (condition)
        {
            TakeCondition(Pop(I32));
        }

        var count = type < 0 ? 0 : _module.Types.ParameterCount(type);
        if (!_dead)
        {
            SettleTop(count);
            SettleLocals();
        }

        for (var i = count - 1; i >= 0; i--)
        {
            Pop(_module.Types.Parameter(type, i));
        }

        var jump = condition && !_dead ? EmitConditional(false) : -1;
        _last = -1;
        _label = _code.Count;
        PushBlock(op == 0x02 ? Block.Plain : condition ? Block.If : Block.Loop, type);
        _blocks[_blockDepth].ElseJump = jump;
        PushParameters(_blocks[_blockDepth]);
    }

    private void PushParameters(Block block)
    {
        var count = ParameterCount(block);
        for (var i = 0; i < count; i++)
        {
            Push(_module.Types.Parameter(block.Type, i));
        }
    }

    private void EnterElse()
    {
        var block = _blocks[_blockDepth];
        if (block.Kind != Block.If)
        {
            throw _reader.Malformed("else without if");
        }

        TakeResults(block);
        if (!_dead)
        {
            Link(block, Emit(Op.Br, 0, 0, 0));
        }

        PatchElse(block);
        block.Kind = Block.Else;
        block.Unreachable = false;
        _dead = block.Dead;
        _last = -1;
        _label = _code.Count;
        PushParameters(block);
    }

    private void EndBlock()
    {
        var block = _blocks[_blockDepth];
        var count = ResultCount(block);
        if (block.Kind == Block.Function)
        {
            MatchResults(block);
            if (!_dead)
            {
                SettleTop(count > 1 ? count : 0);
                EmitReturn();
            }

            _blockDepth--;
            return;
        }

        if (block.Kind == Block.If && !SameParametersAndResults(block))
        {
            throw _reader.Invalid("type mismatch");
        }

        TakeResults(block);
        PatchElse(block);
        PatchJumps(block);
        _blockDepth--;
        _dead = block.Dead;
        _last = -1;
        _label = _code.Count;
        for (var i = 0; i < count; i++)
        {
            Push(ResultType(block, i));
        }
    }

    private bool SameParametersAndResults(Block block)
    {
        var count = ResultCount(block);
        if (count != ParameterCount(block))
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (ResultType(block, i) != _module.Types.Parameter(block.Type, i))
            {
                return false;
            }
        }

        return true;
    }

    // At the end of a block exactly its results are on the stack.
    private void MatchResults(Block block)
    {
        var count = ResultCount(block);
        if (_height - block.Height > count)
        {
            throw _reader.Invalid("type mismatch");
        }

        MatchLabel(block, count, false);
    }

    private void TakeResults(Block block)
    {
        MatchResults(block);
        if (!_dead)
        {
            SettleTop(ResultCount(block));
        }

        Cut(block);
    }

    // Whether the operands on top are what a jump to the block takes.
    private void MatchLabel(Block target, int count, bool label)
    {
        var here = _blocks[_blockDepth];
        for (var i = count - 1; i >= 0; i--)
        {
            var entry = _height - count + i;
            if (entry < here.Height)
            {
                if (here.Unreachable)
                {
                    continue;
                }

                throw _reader.Invalid("type mismatch");
            }

            var type = label ? LabelType(target, i) : ResultType(target, i);
            if (_types[entry] != type && _types[entry] != 0)
            {
                throw _reader.Invalid("type mismatch");
            }
        }
    }

    // Forgets the operands of the block.
    private void Cut(Block block)
    {
        while (_height > block.Height)
        {
            if (_kinds[--_height] == IsLocal)
            {
                _aliases--;
            }
        }

        _narrow = block.Narrow;
        _wide = block.Wide;
    }

    private void SetUnreachable()
    {
        var block = _blocks[_blockDepth];
        Cut(block);
        block.Unreachable = true;
        _dead = true;
        _last = -1;
    }

    private void Link(Block block, int row)
    {
        if (block.Kind == Block.Loop)
        {
            _code.C[row] = (short)(block.Start - row);
            return;
        }

        _code.C[row] = (short)(block.Jumps < 0 ? 0 : row - block.Jumps);
        block.Jumps = row;
    }

    private void PatchJumps(Block block)
    {
        for (var row = block.Jumps; row >= 0;)
        {
            int before = _code.C[row];
            Patch(row);
            row = before == 0 ? -1 : row - before;
        }
    }

    private void PatchElse(Block block)
    {
        if (block.ElseJump >= 0)
        {
            Patch(block.ElseJump);
            block.ElseJump = -1;
        }
    }

    private void Patch(int row) => _code.C[row] = (short)(_code.Count - row);
}
