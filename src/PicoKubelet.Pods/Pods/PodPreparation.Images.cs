using PicoKubelet.Images;
using PicoKubelet.Programs;
using PicoKubelet.Text;

namespace PicoKubelet.Pods;

// Programs that are images. One is pulled at a time, in steps, each with the place of the connection to the API server.
internal sealed partial class PodPreparation
{
    /// <summary>The kubelet's reason where a pull failed.</summary>
    public const string PullError = "ErrImagePull";

    /// <summary>The kubelet's reason where the next pull has to wait.</summary>
    public const string PullBackOff = "ImagePullBackOff";

    /// <summary>The kubelet's reason where an image is not there and not to be pulled.</summary>
    public const string NeverPull = "ErrImageNeverPull";

    /// <summary>The kubelet's reason where an image's name is none.</summary>
    public const string InvalidName = "InvalidImageName";

    private ImagePull _pull;
    private Container _pullFor;
    private string[] _pullArguments;
    private string[] _pullEnvironment;

    /// <summary>Gets whether an image is being pulled, so that there is more to do at once.</summary>
    public bool IsPulling { get; private set; }

    /// <summary>Gets whether the pull began just now.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Gets the image by its digest, or null where the program is none.</summary>
    public string ImageId { get; private set; }

    /// <summary>Looks whether another container's image is being pulled, so that this one's has to wait.</summary>
    private bool IsPullingFor(Container container)
    {
        IsPulling = _pull != null && _pullFor != container && !_pullFor.IsOver;
        return IsPulling;
    }

    private StoredProgram Pull(Container container, int most)
    {
        string text = container.Spec.Image;
        ImageReference image = ImageReference.Parse(text);
        if (image == null)
        {
            Reason = InvalidName;
            Problem = "Failed to apply default image tag \"" + text + "\": couldn't parse image reference \"" + text + "\": invalid reference format";
            return null;
        }

        StoredProgram program = null;
        string name = "image/" + text;
        if (_pull == null || _pullFor != container)
        {
            program = FindImage(container.Spec, name, most);
            if (program == null && Problem == null && !IsOffline)
            {
                Begin(container, image, most);
            }
        }

        if (_pullFor == container && _pull != null)
        {
            program = Step(name);
        }

        if (program != null)
        {
            ImageId = image.Registry + "/" + image.Repository + "@sha256:" + Hex.ToText(program.Image);
        }

        return program;
    }

    private StoredProgram FindImage(ContainerSpec container, string name, int most)
    {
        StoredProgram program = container.PullPolicy == ImagePullPolicy.Always ? null : _pods.Programs?.Find(name, "", most);
        IsStored = program != null;
        if (program == null && container.PullPolicy == ImagePullPolicy.Never)
        {
            Reason = NeverPull;
            Problem = "Container image \"" + container.Image + "\" is not present with pull policy of Never";
        }

        return program;
    }

    private void Begin(Container container, ImageReference image, int most)
    {
        _pull = new ImagePull(image, _pods.Registries, _pods.Programs, most);
        _pullFor = container;
        _pullArguments = Arguments;
        _pullEnvironment = Environment;
        HasBegun = true;
    }

    private StoredProgram Step(string name)
    {
        // A Pico W has four sockets, and RAM for two connections with TLS.
        _client.Close();
        IsPulling = !_pull.Step();
        if (IsPulling)
        {
            return null;
        }

        StoredProgram program = _pull.Program;
        if (program == null)
        {
            Reason = PullError;
            Problem = _pull.Problem;
        }
        else if (_pods.Programs != null)
        {
            _pods.Programs.Keep(name, "", program);
        }

        _pull = null;
        _pullFor = null;
        _pullArguments = null;
        _pullEnvironment = null;
        return program;
    }
}
