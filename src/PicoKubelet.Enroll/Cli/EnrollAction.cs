namespace PicoKubelet.Enroll.Cli;

/// <summary>What is to be done for a board.</summary>
internal enum EnrollAction
{
    /// <summary>Make its objects, its token and its files.</summary>
    Enroll,

    /// <summary>Make a new token, and put it into the board's file.</summary>
    Rotate,

    /// <summary>Delete its objects.</summary>
    Remove,

    /// <summary>Have the API server reach it through a gateway.</summary>
    JoinGateway,

    /// <summary>Have the API server reach it by itself again.</summary>
    LeaveGateway,
}
