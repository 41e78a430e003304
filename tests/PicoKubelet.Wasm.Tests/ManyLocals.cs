namespace PicoKubelet.Tests;

/// <summary>
/// A module whose function has many locals: it sets each to its number times the parameter, and adds them all up, once as
/// they are and once as arguments of a call.
/// </summary>
public static class ManyLocals
{
    public static byte[] Build(int locals)
    {
        var body = new ByteWriter();
        body.Put(1);
        body.Number(locals);
        body.Put(0x7F);
        for (var i = 1; i <= locals; i++)
        {
            body.Put(0x20, 0);
            body.Put(0x41);
            body.Signed(i);
            body.Put(0x6C);
            body.Put(0x21);
            body.Number(i);
        }

        body.Put(0x41, 0);
        for (var i = 1; i <= locals; i++)
        {
            // sum = sum + local; then, of two locals, g(sum, local).
            body.Put(0x20);
            body.Number(i);
            body.Put(0x6A);
            body.Put(0x20);
            body.Number(i);
            body.Put(0x10, 1);
        }

        body.Put(0x0B);
        var module = new ByteWriter();
        module.Put(0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0);
        module.Put(1, 12, 2, 0x60, 1, 0x7F, 1, 0x7F, 0x60, 2, 0x7F, 0x7F, 1, 0x7F);
        module.Put(3, 3, 2, 0, 1);
        module.Put(7, 5, 1, 1, (byte)'f', 0, 0);
        var code = new ByteWriter();
        code.Put(2);
        code.Number(body.Length);
        code.Put(body);
        code.Put(7, 0, 0x20, 0, 0x20, 1, 0x6A, 0x0B);
        module.Put(10);
        module.Number(code.Length);
        module.Put(code);
        return module.ToArray();
    }
}
