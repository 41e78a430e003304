using PicoKubelet.Json;

namespace PicoKubelet.Api;

/// <summary>Reads the <c>Status</c> object (meta/v1) with which the API server explains a failure.</summary>
internal sealed class StatusReader
{
    private const int MaxReasonBytes = 48;

    // Long enough for "… is forbidden: User … cannot … in the namespace …", which is what a person must read.
    private const int MaxMessageBytes = 320;

    public string Reason { get; private set; }

    public string Message { get; private set; }

    public long RetryAfterSeconds { get; private set; }

    public void Read(JsonReader json)
    {
        Reason = null;
        Message = null;
        RetryAfterSeconds = 0;
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("reason"))
            {
                Reason = json.ReadString(MaxReasonBytes);
            }
            else if (json.NameIs("message"))
            {
                Message = json.ReadString(MaxMessageBytes);
            }
            else if (json.NameIs("details") && json.BeginObjectOrSkip())
            {
                ReadDetails(json);
            }
        }
    }

    private void ReadDetails(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("retryAfterSeconds") && json.TryReadInt64(out long seconds))
            {
                RetryAfterSeconds = seconds;
            }
        }
    }
}
