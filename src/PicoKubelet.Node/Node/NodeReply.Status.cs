using PicoKubelet.Json;
using PicoKubelet.Settings;

namespace PicoKubelet.Node;

// The Node's status.
internal sealed partial class NodeReply
{
    // cpu, memory, ephemeral-storage and pods, of capacity and allocatable.
    private const int Resources = 8;

    private int _sameConditions;
    private int _addresses;
    private int _sameAddresses;
    private int _sameResources;
    private long _port;

    /// <summary>Gets or sets the address that the Node must show.</summary>
    public string Address { get; set; }

    /// <summary>Gets the boot that the Node shows (<c>nodeInfo.bootID</c>), or null.</summary>
    public string BootId { get; private set; }

    /// <summary>Gets the machine that the Node shows (<c>nodeInfo.machineID</c>), or null.</summary>
    public string MachineId { get; private set; }

    /// <summary>Gets whether the Node has addresses.</summary>
    public bool HasAddresses => _addresses > 0;

    /// <summary>Gets whether the conditions' statuses are those of the node.</summary>
    public bool HasConditions => _sameConditions == _conditions.Count;

    /// <summary>Gets what the Node offers to pods and the node does not, or null.</summary>
    public ExtendedResources Stale { get; private set; }

    /// <summary>Gets whether addresses, capacity, endpoint and boot are those of the node.</summary>
    public bool HasSystem => _addresses == Addresses && _sameAddresses == Addresses && _sameResources == SameResources
        && Stale == null && _port == _node.KubeletPort && BootId == _node.BootId;

    // Those, and what pods may ask for, in both too.
    private int SameResources => Resources + (_node.PodResources == null ? 0 : 2 * _node.PodResources.Count);

    // InternalIP and Hostname, and ExternalIP behind a gateway.
    private int Addresses => _node.Gateway == null ? 2 : 3;

    private void ClearStatus()
    {
        BootId = null;
        MachineId = null;
        _sameConditions = 0;
        _addresses = 0;
        _sameAddresses = 0;
        _sameResources = 0;
        _port = 0;
        Stale = null;
        for (int i = 0; i < _statuses.Length; i++)
        {
            _statuses[i] = null;
            _transitions[i] = null;
        }
    }

    private void ReadStatus(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("conditions") && json.BeginArrayOrSkip())
            {
                while (json.NextElement())
                {
                    if (json.BeginObjectOrSkip())
                    {
                        ReadCondition(json);
                    }
                }
            }
            else if (json.NameIs("addresses") && json.BeginArrayOrSkip())
            {
                ReadAddresses(json);
            }
            else if (json.NameIs("capacity") && json.BeginObjectOrSkip())
            {
                ReadResources(json, _node.Memory);
            }
            else if (json.NameIs("allocatable") && json.BeginObjectOrSkip())
            {
                ReadResources(json, _node.AllocatableMemory);
            }
            else if (json.NameIs("daemonEndpoints") && json.BeginObjectOrSkip())
            {
                ReadEndpoints(json);
            }
            else if (json.NameIs("nodeInfo") && json.BeginObjectOrSkip())
            {
                ReadSystem(json);
            }
        }
    }

    private void ReadAddresses(JsonReader json)
    {
        while (json.NextElement())
        {
            _addresses++;
            bool isOurs = false;
            if (!json.BeginObjectOrSkip())
            {
                continue;
            }

            while (json.ReadName())
            {
                if (json.NameIs("address"))
                {
                    string address = json.ReadString(MaxIdBytes, _node.Name);
                    isOurs = address == _node.Name || address == Address || (address != null && address == _node.Gateway);
                }
            }

            _sameAddresses += isOurs ? 1 : 0;
        }
    }

    private void ReadResources(JsonReader json, string memory)
    {
        while (json.ReadName())
        {
            string expected = json.NameIs("cpu") ? _node.Cpu
                : json.NameIs("memory") ? memory
                : json.NameIs("ephemeral-storage") ? _node.EphemeralStorage
                : json.NameIs("pods") ? _node.Pods : null;
            if (expected != null)
            {
                _sameResources += json.ReadIs(expected) ? 1 : 0;
                continue;
            }

            int resource = ExtendedResources.Parse(json.GetString());
            if (resource >= 0 && _node.Offers(resource))
            {
                _sameResources += json.ReadIs("1") ? 1 : 0;
            }
            else if (resource >= 0)
            {
                Stale ??= new ExtendedResources();
                Stale.Add(resource);
            }
        }
    }

    private void ReadEndpoints(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("kubeletEndpoint") && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    if (json.NameIs("Port"))
                    {
                        json.TryReadInt64(out _port);
                    }
                }
            }
        }
    }

    private void ReadSystem(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("bootID"))
            {
                BootId = json.ReadString(MaxIdBytes, _node.BootId);
            }
            else if (json.NameIs("machineID"))
            {
                MachineId = json.ReadString(MaxIdBytes, _node.MachineId);
            }
        }
    }

    private void ReadCondition(JsonReader json)
    {
        int index = -1;
        string status = null;
        string transition = null;
        while (json.ReadName())
        {
            if (json.NameIs("type"))
            {
                json.Read();
                index = IndexOfCondition(json);
            }
            else if (json.NameIs("status"))
            {
                status = json.ReadString(MaxConditionBytes);
            }
            else if (json.NameIs("lastTransitionTime"))
            {
                transition = json.ReadString(MaxConditionBytes);
            }
        }

        if (index >= 0)
        {
            _statuses[index] = status;
            _transitions[index] = transition;
            _sameConditions += status == _conditions.Get(index).Status ? 1 : 0;
        }
    }

    private int IndexOfCondition(JsonReader json)
    {
        for (int i = 0; i < _conditions.Count; i++)
        {
            if (json.ValueIs(_conditions.Get(i).Type))
            {
                return i;
            }
        }

        return -1;
    }
}
