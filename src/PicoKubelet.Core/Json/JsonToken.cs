namespace PicoKubelet.Json;

/// <summary>What <see cref="JsonReader"/> has read.</summary>
public enum JsonToken
{
    /// <summary>Nothing: the document has not begun, or a value was skipped.</summary>
    None,

    /// <summary><c>{</c></summary>
    BeginObject,

    /// <summary><c>}</c></summary>
    EndObject,

    /// <summary><c>[</c></summary>
    BeginArray,

    /// <summary><c>]</c></summary>
    EndArray,

    /// <summary>A member's name, and the colon after it.</summary>
    Name,

    /// <summary>A string.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c></summary>
    True,

    /// <summary><c>false</c></summary>
    False,

    /// <summary><c>null</c></summary>
    Null,

    /// <summary>The document is over, and nothing but white space followed it.</summary>
    End,
}
