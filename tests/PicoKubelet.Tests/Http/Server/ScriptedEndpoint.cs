using PicoKubelet.Http;
using PicoKubelet.Http.Server;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Http.Server;

/// <summary>Tells what it was asked, or goes on writing as long as it is wanted.</summary>
internal sealed class ScriptedEndpoint : IEndpoint
{
    public const int LinesWanted = 3;

    private readonly ManualClock _clock;
    private readonly FakeClient _client;

    /// <param name="clock">Moved by four seconds before each line.</param>
    /// <param name="client">Stops to want lines after <see cref="LinesWanted"/> of them.</param>
    public ScriptedEndpoint(ManualClock clock, FakeClient client)
    {
        _clock = clock;
        _client = client;
    }

    public string Methods => Routes.Reading;

    /// <summary>Gets how long after each line the client's time was over.</summary>
    public string TimeLeft { get; private set; } = string.Empty;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        answer.Begin(HttpStatus.Ok, ServerAnswer.TextType);
        if (request.IsSet("follow"))
        {
            Follow(answer);
        }
        else
        {
            answer.Text.Write(request.Segment(1) ?? "none");
            answer.Text.Write(" ");
            answer.Text.Write(request.Segment(2) ?? "none");
            answer.Text.Write(" ");
            answer.Text.Write(request.Parameter("tailLines") ?? "none");
            answer.Text.Write(request.IsSet("timestamps") ? " with times" : " without times");
        }

        answer.End();
    }

    private void Follow(ServerAnswer answer)
    {
        int lines = 0;
        while (answer.IsWanted)
        {
            _clock.Advance(4000);
            answer.Text.Write("line\n");
            answer.Flush();
            TimeLeft += (_client.Deadline - _clock.Milliseconds).ToString() + " ";
            _client.IsWanted = ++lines < LinesWanted;
        }
    }
}
