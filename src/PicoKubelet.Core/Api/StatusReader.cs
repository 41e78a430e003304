using PicoKubelet.Json;

namespace PicoKubelet.Api;

/// <summary>Reads the <c>Status</c> object (meta/v1) with which the API server explains a failure, in the form that was asked for.</summary>
internal sealed class StatusReader
{
    private const int MaxReasonBytes = 48;

    // Of Status and StatusDetails, in meta/v1's generated.proto.
    private const int MessageField = 3;
    private const int ReasonField = 4;
    private const int DetailsField = 5;
    private const int RetryAfterField = 5;

    // Long enough for "… is forbidden: User … cannot … in the namespace …", which is what a person must read.
    private const int MaxMessageBytes = 320;

    public string Reason { get; private set; }

    public string Message { get; private set; }

    public long RetryAfterSeconds { get; private set; }

    public void Read(JsonReader json)
    {
        Clear();
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

    public void Read(ProtobufCursor fields)
    {
        Clear();
        while (fields.Next())
        {
            if (fields.Field == MessageField)
            {
                Message = fields.GetText(MaxMessageBytes);
            }
            else if (fields.Field == ReasonField)
            {
                Reason = fields.GetText(MaxReasonBytes);
            }
            else if (fields.Field == DetailsField && fields.Enter())
            {
                // What follows is not needed.
                ReadDetails(fields);
                return;
            }
        }
    }

    private void Clear()
    {
        Reason = null;
        Message = null;
        RetryAfterSeconds = 0;
    }

    private void ReadDetails(ProtobufCursor fields)
    {
        while (fields.Next())
        {
            if (fields.Field == RetryAfterField)
            {
                RetryAfterSeconds = fields.Value;
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
