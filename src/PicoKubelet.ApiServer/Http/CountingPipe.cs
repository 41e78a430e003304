using System.Buffers;
using System.IO.Pipelines;

namespace PicoKubelet.ApiServer.Http;

/// <summary>A connection's two directions, counted.</summary>
internal sealed class CountingPipe(IDuplexPipe inner) : IDuplexPipe
{
    private readonly CountingReader _input = new(inner.Input);
    private readonly CountingWriter _output = new(inner.Output);

    public PipeReader Input => _input;

    public PipeWriter Output => _output;

    /// <summary>Bytes that the server has taken from the connection.</summary>
    public long BytesIn => _input.Count;

    /// <summary>Bytes that the server has given to the connection.</summary>
    public long BytesOut => _output.Count;

    private sealed class CountingReader(PipeReader inner) : PipeReader
    {
        private ReadOnlySequence<byte> _buffer;

        public long Count { get; private set; }

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            Count += _buffer.Slice(0, consumed).Length;
            _buffer = default;
            inner.AdvanceTo(consumed, examined);
        }

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
            Note(await inner.ReadAsync(cancellationToken));

        public override bool TryRead(out ReadResult result)
        {
            var read = inner.TryRead(out result);
            if (read)
            {
                Note(result);
            }
            return read;
        }

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        private ReadResult Note(ReadResult result)
        {
            _buffer = result.Buffer;
            return result;
        }
    }

    private sealed class CountingWriter(PipeWriter inner) : PipeWriter
    {
        public long Count { get; private set; }

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes)
        {
            Count += bytes;
            inner.Advance(bytes);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
