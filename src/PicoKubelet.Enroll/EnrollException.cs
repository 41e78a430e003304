namespace PicoKubelet.Enroll;

/// <summary>What was asked for can not be done; the message says what to do about it.</summary>
internal sealed class EnrollException : Exception
{
    public EnrollException(string message)
        : base(message)
    {
    }
}
