using System.Text;

namespace PicoKubelet.Tests.Text;

/// <summary>Text that grows without a bound: the device's StringBuilder takes 32,767 characters.</summary>
internal sealed class LongText
{
    private const int PieceLength = 8 * 1024;

    private readonly StringBuilder _piece = new StringBuilder();
    private string _text = "";

    public void Append(string text)
    {
        if (_piece.Length + text.Length <= PieceLength)
        {
            _piece.Append(text);
            return;
        }

        _text = ToString() + text;
        _piece.Clear();
    }

    public override string ToString()
    {
        return _text + _piece.ToString();
    }
}
