using PicoKubelet.Http;
using PicoKubelet.Http.Server;
using PicoKubelet.Logging;

namespace PicoKubelet.Provisioning;

/// <summary>
/// Serves the provisioning page at /. Everything else that is read leads there, so that a phone that looks for a captive portal
/// finds it. A form is taken from this page alone: by its token, and by what the browser says of where it comes from.
/// </summary>
internal sealed class ProvisioningHandler : RequestHandler
{
    private const string HtmlType = "text/html; charset=utf-8";
    private const string FormType = "application/x-www-form-urlencoded";
    private const string Scheme = "http://";

    // The page runs no scripts, is shown in no frame, and is kept nowhere.
    private const string PageHeaders = "\r\nCache-Control: no-store"
        + "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        + "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin";

    // The longest: the page's headers and what every answer has.
    private const int HeadBytes = 480;

    private readonly ProvisioningMode _mode;
    private readonly ProvisioningForm _form;
    private readonly ProvisioningPage _page;
    private readonly Logger _log;
    private bool _isOurHost;
    private bool _isOtherOrigin;
    private bool _isForm;

    /// <summary>Initializes the handler with its buffers.</summary>
    /// <param name="mode">The mode that it serves for.</param>
    /// <param name="platform">What the firmware runs on.</param>
    /// <param name="log">The log.</param>
    public ProvisioningHandler(ProvisioningMode mode, Platform platform, Logger log)
        : base(platform.Clock, MaxHeadBytes, ProvisioningForm.MaxBytes, new ServerAnswer(platform.Clock, HeadBytes), log)
    {
        _mode = mode;
        _form = mode.Form;
        _log = log;
        _page = new ProvisioningPage(Answer, mode.Form, mode.Networks, mode.Title, mode.DefaultName, platform.AccessPoint.Password.Length == 0, mode.FormToken);
    }

    /// <inheritdoc/>
    public override void NoteHeader()
    {
        if (Http.NameIs("host"))
        {
            _isOurHost = IsOurs(0);
        }
        else if (Http.NameIs("origin"))
        {
            _isOtherOrigin = !Http.ValueStartsWith(Scheme) || !IsOurs(Scheme.Length);
        }
        else if (Http.NameIs("content-type"))
        {
            _isForm = Http.ValueStartsWith(FormType);
        }
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _isOurHost = false;
        _isOtherOrigin = false;
        _isForm = false;
    }

    /// <inheritdoc/>
    protected override void Dispatch()
    {
        bool isReading = Request.Method == Method.Get || Request.Method == Method.Head;
        if (Request.Method == null)
        {
            Refuse(HttpStatus.NotImplemented, "unknown method");
        }
        else if (!isReading && Request.Method != Method.Post)
        {
            Answer.Allow = "GET, HEAD, POST";
            Refuse(HttpStatus.MethodNotAllowed, "method not allowed");
        }
        else if (isReading)
        {
            BeginBody();
            DrainBody();
            SetDeadline();
            Read();
        }
        else if (!_isOurHost || _isOtherOrigin || !Request.PathIs("/", false))
        {
            Refuse(HttpStatus.Forbidden, "not from this page");
        }
        else if (!_isForm)
        {
            Refuse(HttpStatus.UnsupportedMediaType, "not a form");
        }
        else
        {
            // One at a time: the form's buffers are shared.
            lock (_form)
            {
                try
                {
                    Post();
                }
                finally
                {
                    _form.Clear();
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void Account(IClientConnection connection, int milliseconds)
    {
        _log.Debug("provisioning request", "client", connection.Peer);
    }

    private void Read()
    {
        if (Request.PathIs("/favicon.ico", false))
        {
            Refuse(HttpStatus.NotFound, "not found");
        }
        else if (!_isOurHost || !Request.PathIs("/", false))
        {
            Answer.MoreHeaders = "\r\nCache-Control: no-store\r\nLocation: " + Scheme + _mode.Host + "/";
            Answer.Begin(HttpStatus.Found, ServerAnswer.TextType);
            Answer.End();
        }
        else
        {
            _mode.NoteRequest();
            lock (_form)
            {
                WriteForm(HttpStatus.Ok, null, false);
            }
        }
    }

    private void Post()
    {
        _mode.NoteRequest();
        BeginBody();
        _form.Fields.Read(Request.Body);
        SetDeadline();
        if (!_mode.IsFormToken(_form.Fields))
        {
            // From a page of an earlier start, or from one that is not ours, whose values nobody should find filled in.
            _form.Clear();
            WriteForm(HttpStatus.Forbidden, "Nothing was saved: the page was out of date. Please fill it in again.", false);
        }
        else if (!_form.Check())
        {
            WriteForm(HttpStatus.UnprocessableContent, "Nothing was saved: see what is marked. Passwords and tokens have to be typed again.", true);
        }
        else if (!_mode.Save())
        {
            WriteForm(HttpStatus.InternalError, "The board could not store it. Please try again.", true);
        }
        else
        {
            BeginPage(HttpStatus.Ok);
            _page.WriteSaved();
            Answer.End();
        }
    }

    private void WriteForm(int status, string notice, bool showsTyped)
    {
        BeginPage(status);
        _page.WriteForm(notice, showsTyped);
        Answer.End();
    }

    private void BeginPage(int status)
    {
        Answer.MoreHeaders = PageHeaders;
        Answer.Begin(status, HtmlType);
    }

    /// <summary>Compares the header's value from a place on with the page's own host and port, which a page of another name can not have (DNS rebinding).</summary>
    private bool IsOurs(int start)
    {
        string host = _mode.Host;
        if (Http.LineIsTruncated || Http.ValueLength - start != host.Length)
        {
            return false;
        }

        for (int i = 0; i < host.Length; i++)
        {
            if (Http.ValueByte(start + i) != host[i])
            {
                return false;
            }
        }

        return true;
    }
}
