using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Text;

namespace PicoKubelet.Provisioning;

/// <summary>
/// Writes the page: HTML and CSS alone, in pieces that fit the answer's buffer. A secret is never written, neither one that is
/// stored nor one that was typed.
/// </summary>
internal sealed partial class ProvisioningPage
{
    // How many bytes are escaped between two checkpoints, and what one becomes at most: &quot;

    private const int EscapeRun = 16;
    private const int MaxEscape = 6;

    private readonly ServerAnswer _answer;
    private readonly Utf8Writer _text;
    private readonly ProvisioningForm _form;
    private readonly WifiList _networks;
    private readonly string _title;
    private readonly string _defaultName;
    private readonly bool _isOpenNetwork;
    private readonly string _formToken;

    /// <summary>Initializes the page.</summary>
    /// <param name="answer">Where it goes.</param>
    /// <param name="form">The form on it.</param>
    /// <param name="networks">The Wi-Fi networks to choose from.</param>
    /// <param name="title">Which board it is.</param>
    /// <param name="defaultName">The Node's name where none is typed.</param>
    /// <param name="isOpenNetwork">Whether the board's network has no password.</param>
    /// <param name="formToken">What the form has to bring back.</param>
    public ProvisioningPage(ServerAnswer answer, ProvisioningForm form, WifiList networks, string title, string defaultName, bool isOpenNetwork, string formToken)
    {
        _answer = answer;
        _text = answer.Text;
        _form = form;
        _networks = networks;
        _title = title;
        _defaultName = defaultName;
        _isOpenNetwork = isOpenNetwork;
        _formToken = formToken;
    }

    /// <summary>Writes the page with the form.</summary>
    /// <param name="notice">What to say first, or null.</param>
    /// <param name="showsTyped">Whether it shows what was typed, rather than what is stored.</param>
    public void WriteForm(string notice, bool showsTyped)
    {
        WriteHead();
        Write("<p>");
        Write(_title);
        Write("</p>");
        if (_isOpenNetwork)
        {
            Write("<p class=n role=note>This Wi-Fi network has no password: whoever is near can read what you send.</p>");
        }

        if (notice != null)
        {
            // The focus goes to what there is to do: a field that is wrong, or else what is said.
            Write(_form.ErrorCount == 0 ? "<p class=n role=alert tabindex=-1 autofocus>" : "<p class=n role=alert>");
            Write(notice);
            Write("</p>");
        }

        Write("<form method=post action=/ autocomplete=off><input type=hidden name=csrf value=");
        Write(_formToken);
        Write(">");
        WriteWifi(showsTyped);
        Write("<fieldset><legend>Cluster</legend>");
        BeginInput(ProvisioningForm.ApiServer, "apiServer", "API server", "text");
        if (showsTyped)
        {
            WriteEscaped(ProvisioningForm.ApiServer);
        }
        else if (_form.Stored.ApiServer != null)
        {
            WriteEscaped(_form.Stored.ApiServer.ToString());
        }

        EndInput(ProvisioningForm.ApiServer, "apiServer", "such as https://192.168.1.10:6443");
        BeginInput(ProvisioningForm.Token, "token", "Token", "password");
        EndInput(ProvisioningForm.Token, "token", _form.Stored.Token != null ? "stored; leave empty to keep it" : "of the board's ServiceAccount");
        WriteCa(showsTyped);
        Write("</fieldset><fieldset><legend>Node</legend>");
        BeginInput(ProvisioningForm.NodeName, "node", "Name", "text");
        if (showsTyped)
        {
            WriteEscaped(ProvisioningForm.NodeName);
        }
        else
        {
            WriteEscaped(_form.Stored.NodeName);
        }

        EndInput(ProvisioningForm.NodeName, "node", "the one that the token is for; empty for " + _defaultName);
        BeginInput(ProvisioningForm.KubeletToken, "kubelet.token", "Kubelet token", "password");
        EndInput(
            ProvisioningForm.KubeletToken,
            "kubelet.token",
            _form.Stored.KubeletToken != null ? "stored; leave empty to keep it" : "what clients of the board's port have to show; empty for none");
        Write("</fieldset><button>Save and restart</button></form>");
        WriteEnd();
    }

    /// <summary>Writes the page that says that all is saved.</summary>
    public void WriteSaved()
    {
        WriteHead();
        if (_form.HasMendedCa)
        {
            Write("<p class=n role=note>The CA certificate had lost its line ends; they were put right.</p>");
        }

        Write(
            "<p class=n role=status>Saved. The board restarts, joins your Wi-Fi and registers with the cluster; its own network goes away.</p>"
            + "<p>Within a minute <code>kubectl get nodes</code> shows it. If it does not, its log or its LED tells why, and its button brings this page back.</p>");
        WriteEnd();
    }

    private void WriteHead()
    {
        Write("<!DOCTYPE html><html lang=en><head><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\"><title>PicoKubelet</title><style>");
        Write(
            ":root{color-scheme:light dark}body{font:16px/1.4 system-ui,sans-serif;max-width:32rem;margin:0 auto;padding:1rem;background:#fff}"
            + "h1{font-size:1.4rem;margin:0}fieldset{border:1px solid #888;border-radius:6px;margin:1rem 0;padding:0 1rem 1rem}"
            + "label{display:block;margin-top:.8rem;font-weight:600}");
        Write(
            "input,select,textarea,button{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #777;border-radius:4px}"
            + "textarea{font:13px monospace}[aria-invalid]{border:2px solid #b00020}");
        Write(
            "small{display:block;color:#555}.e{color:#b00020}.n{border-left:4px solid #b06000;padding:.4rem .8rem;background:#fff4e5}"
            + "button{background:#1f5fbf;border:0;color:#fff;font-weight:600;padding:.8rem}");
        Write(
            "@media(prefers-color-scheme:dark){body{background:#121212}small{color:#bbb}.e{color:#f99}.n{background:#432}[aria-invalid]{border-color:#f99}}"
            + "</style></head><body><main><h1>PicoKubelet</h1>");
    }

    private void WriteEnd()
    {
        Write("</main></body></html>");
    }

    private void WriteCa(bool showsTyped)
    {
        BeginField(ProvisioningForm.Ca, "ca", "CA certificate", "<textarea rows=5 spellcheck=false autocapitalize=off");
        Write(">");
        if (showsTyped)
        {
            // A browser drops one line feed behind the tag.
            Write("\n");
            WriteEscaped(ProvisioningForm.Ca);
        }

        Write("</textarea>");
        EndField(
            ProvisioningForm.Ca,
            "ca",
            _form.Stored.Ca != null ? "stored; leave empty to keep it" : "PEM, -----BEGIN CERTIFICATE----- and so on; empty for a certificate that the board trusts already");
    }

    private void BeginInput(int field, string name, string label, string type)
    {
        BeginField(field, name, label, "<input autocapitalize=off spellcheck=false autocomplete=off type=");
        Write(type);
        Write(" value=\"");
    }

    private void EndInput(int field, string name, string hint)
    {
        Write("\">");
        EndField(field, name, hint);
    }

    private void BeginField(int field, string name, string label, string tag)
    {
        Write("<label for=");
        Write(name);
        Write(">");
        Write(label);
        Write("</label>");
        Write(tag.Substring(0, tag.IndexOf(' ')));
        Write(" id=");
        Write(name);
        Write(" name=");
        Write(name);
        Write(" aria-describedby=d-");
        Write(name);
        if (_form.Error(field) != null)
        {
            Write(field == _form.FirstError ? " aria-invalid=true autofocus" : " aria-invalid=true");
        }

        Write(tag.Substring(tag.IndexOf(' ')));
    }

    private void EndField(int field, string name, string hint)
    {
        string error = _form.Error(field);
        Write(error == null ? "<small id=d-" : "<small class=e id=d-");
        Write(name);
        Write(">");
        WriteEscaped(error ?? hint);
        Write("</small>");
    }

    /// <summary>Writes a piece of ASCII, of at most 600 characters.</summary>
    private void Write(string html)
    {
        _answer.Checkpoint(html.Length);
        _text.Write(html);
    }

    /// <summary>Writes a field's value as it was typed.</summary>
    private void WriteEscaped(int field)
    {
        if (!_form.CanShow(field))
        {
            return;
        }

        WriteEscaped(_form.Fields.Buffer, _form.Fields.Start(field), _form.Fields.Length(field));
    }

    private void WriteEscaped(string text)
    {
        if (text != null)
        {
            byte[] bytes = Utf8.Encoding.GetBytes(text);
            WriteEscaped(bytes, 0, bytes.Length);
        }
    }

    private void WriteEscaped(byte[] bytes, int start, int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (i % EscapeRun == 0)
            {
                _answer.Checkpoint(EscapeRun * MaxEscape);
            }

            byte b = bytes[start + i];
            string escape = b switch
            {
                (byte)'&' => "&amp;",
                (byte)'<' => "&lt;",
                (byte)'>' => "&gt;",
                (byte)'"' => "&quot;",
                _ => null,
            };
            if (escape == null)
            {
                _text.WriteByte(b);
            }
            else
            {
                _text.Write(escape);
            }
        }
    }
}
