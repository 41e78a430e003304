using System.Text;
using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Json;

namespace PicoKubelet.Tests.Api.Watch;

/// <summary>A resource whose objects have a name and a version, and that writes down what it is given.</summary>
internal sealed class WatchedThings : IWatchedResource
{
    private readonly StringBuilder _taken = new StringBuilder();
    private readonly ListReader _list;
    private string _name;

    public WatchedThings()
    {
        _list = new ListReader(this);
    }

    /// <summary>The objects that were taken, each with a sign for what became of it.</summary>
    public string Taken => _taken.ToString();

    /// <summary>The name of an object that can not be dealt with, or null.</summary>
    public string Refused { get; set; }

    public string Name => "things";

    public bool IsWanted { get; set; } = true;

    public string WatchPath => "/things?watch=1";

    public string ResourceVersion { get; private set; }

    public int Count => _list.Count;

    public bool List(ApiClient client, out ApiResult result)
    {
        result = client.Get("/things", ReplyForm.Whole, _list);
        ResourceVersion = _list.ResourceVersion;
        return result.IsOk && _list.IsTaken;
    }

    public void Clear()
    {
        _name = null;
        ResourceVersion = null;
    }

    public void ReadObject(JsonReader json)
    {
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("metadata") && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    if (json.NameIs("name"))
                    {
                        _name = json.ReadString(64);
                    }
                    else if (json.NameIs("resourceVersion"))
                    {
                        ResourceVersion = json.ReadString(64);
                    }
                }
            }
        }
    }

    public bool Take(WatchEvent what)
    {
        _taken.Append(what == WatchEvent.Listed ? "=" : what == WatchEvent.Added ? "+" : what == WatchEvent.Modified ? "~" : "-");
        _taken.Append(_name);
        return _name != Refused || _name == null;
    }

    public bool TakeRest()
    {
        return false;
    }
}
