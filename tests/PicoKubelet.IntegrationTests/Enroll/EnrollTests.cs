using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Enroll;

/// <summary>The program that makes everything for a board, by its command line, and boards that join with what it made.</summary>
public abstract class EnrollTests : EnrolledBoardTests
{
    private protected EnrollTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task ABoardJoinsWithItsFileAlone()
    {
        string name = NewName();
        string text = await EnrollAsync(name);

        SimulatedBoard board = StartEnrolled(name);

        await WaitUntilSteadyAsync(board);
        Assert.Contains("nanoff --filedeployment files.json --networkdeployment network.json", text);
        Assert.DoesNotContain(Token(), text);
        Assert.DoesNotContain("the password", text);
        Assert.DoesNotContain("\e[", text, "colours in a pipe");
    }

    [TestMethod]
    public async Task ItsObjectsBearItsName()
    {
        string name = NewName();
        await EnrollAsync(name);

        ProgramResult labelled = await Cluster.KubectlAsync(
            "get", "serviceaccounts,configmaps,roles,rolebindings,clusterroles,clusterrolebindings", "--all-namespaces", "--output", "name",
            "--selector", $"app.kubernetes.io/name=picokubelet,app.kubernetes.io/part-of=picokubelet,app.kubernetes.io/instance={name}");

        Assert.HasCount(10, labelled.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), labelled.Output);
    }

    [TestMethod]
    public async Task ANewTokenTakesTheOldOnesPlaceAndNothingElse()
    {
        string name = NewName();
        await EnrollAsync(name);
        JsonObject before = ReadSettings();

        // Within one second a server signs the same token again.
        JsonObject after = before;
        await Eventually.HoldsAsync(JoinTime, async () =>
        {
            (await RunAsync(name, "--rotate", "--output", Output)).MustSucceed();
            after = ReadSettings();
            Assert.AreNotEqual(before["token"]!.GetValue<string>(), after["token"]!.GetValue<string>());
        });
        before["token"] = after["token"]!.DeepClone();
        Assert.IsTrue(JsonNode.DeepEquals(before, after));
        await WaitUntilReadyAsync(StartEnrolled(name));
    }

    [TestMethod]
    public async Task ARemovedBoardIsGoneAndItsTokenWorthNothing()
    {
        string name = NewName();
        await EnrollAsync(name);
        SimulatedBoard board = StartEnrolled(name);
        await WaitUntilSteadyAsync(board);

        ProgramResult removed = (await RunAsync(name, "--remove")).MustSucceed();

        Assert.Contains("deleted its identity, its ConfigMap, its Node", removed.Output);
        await WaitForLogAsync(board, TimeSpan.FromSeconds(10) + JoinTime, "Unauthorized");
        await Eventually.HoldsAsync(JoinTime, async () => Assert.IsNull(await Cluster.FindAsync(Cluster.NodePath(name))));
        ProgramResult left = await Cluster.KubectlAsync(
            "get", "serviceaccounts,configmaps,secrets,roles,rolebindings,clusterroles,clusterrolebindings", "--all-namespaces", "--output", "name",
            "--selector", $"app.kubernetes.io/instance={name}");
        Assert.AreEqual("", left.MustSucceed().Output.Trim());
        Assert.IsNotNull(await Cluster.FindAsync($"/api/v1/namespaces/{BoardIdentities.Namespace}"));
    }

    [TestMethod]
    public async Task TheUsersConfigMapStays()
    {
        string name = NewName();
        await EnrollAsync(name);
        (await Cluster.KubectlAsync("patch", "configmap", name, "--namespace", BoardIdentities.Namespace, "--type=merge", "--patch", """{"data":{"led":"on"}}""")).MustSucceed();
        File.Delete(Path.Combine(Output, Settings));

        await EnrollAsync(name);

        JsonNode configMap = await Cluster.GetAsync($"/api/v1/namespaces/{BoardIdentities.Namespace}/configmaps/{name}");
        Assert.AreEqual("on", configMap["data"]!["led"]!.GetValue<string>());
    }

    [TestMethod]
    public async Task TheNameOfAnotherMachineIsNotTaken()
    {
        string name = NewName();
        await Cluster.CreateAsync("/api/v1/nodes", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } });

        ProgramResult enrolled = await RunAsync(EnrollArguments(name));
        ProgramResult removed = await RunAsync(name, "--remove");

        Assert.AreEqual(1, enrolled.ExitCode);
        Assert.Contains("is no PicoKubelet board", enrolled.Error);
        Assert.AreEqual(1, removed.ExitCode);
        Assert.Contains("nothing was deleted", removed.Error);
        Assert.Contains("is no PicoKubelet board", removed.Error);
        Assert.IsNotNull(await Cluster.FindAsync(Cluster.NodePath(name)));
        Assert.IsFalse(Directory.Exists(Output));
    }

    [TestMethod]
    public async Task ATypoDoesNotLookLikeARemoval()
    {
        string name = NewName();
        await EnrollAsync(name);

        ProgramResult removed = await RunAsync(name + "x", "--remove");

        Assert.AreEqual(1, removed.ExitCode);
        Assert.AreEqual("", removed.Output);
        Assert.Contains($"nothing was deleted: there is no board {name}x", removed.Error);
        Assert.IsNotNull(await Cluster.FindAsync($"/api/v1/namespaces/{BoardIdentities.Namespace}/serviceaccounts/{name}"));
    }

    [TestMethod]
    public async Task ABoardThatWasRemovedComesBackInTheSameFolder()
    {
        string name = NewName();
        await EnrollAsync(name);
        ProgramResult again = await RunAsync(EnrollArguments(name));
        (await RunAsync(name, "--remove")).MustSucceed();
        ProgramResult rotated = await RunAsync(name, "--rotate", "--output", Output);

        await EnrollAsync(name);

        Assert.Contains("--rotate makes a new identity", again.Error);
        Assert.AreEqual(1, rotated.ExitCode);
        Assert.Contains("enroll it without --rotate", rotated.Error);
        await WaitUntilReadyAsync(StartEnrolled(name));
    }

    [TestMethod]
    [DataRow("--output")]
    [DataRow("--token-duration")]
    [DataRow("--kubelet-token-file")]
    public async Task WhatIsWrongHereChangesNothingThere(string option)
    {
        string name = NewName();
        string[] arguments = EnrollArguments(name);
        string wrong = option switch
        {
            "--output" => Path.Combine(Folder.Write("a-file", ""), "board"),
            "--token-duration" => "5x",
            _ => Folder.Write("kubelet-token", "two words"),
        };
        int given = Array.IndexOf(arguments, option);
        ProgramResult enrolled = await RunAsync(given < 0 ? [.. arguments, option, wrong] : [.. arguments[..(given + 1)], wrong, .. arguments[(given + 2)..]]);

        Assert.AreEqual(1, enrolled.ExitCode);
        Assert.AreEqual("", enrolled.Output);
        Assert.IsNull(await Cluster.FindAsync($"/api/v1/namespaces/{BoardIdentities.Namespace}/serviceaccounts/{name}"));
        Assert.IsFalse(Directory.Exists(Output));
    }

    [TestMethod]
    public async Task FilesAreTheirOwnersAlone()
    {
        await EnrollAsync(NewName());

        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Output));
            foreach (string file in Directory.GetFiles(Output))
            {
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file), file);
            }
        }

        CollectionAssert.AreEquivalent(new[] { "files.json", "network.json", Settings }, Directory.GetFiles(Output).Select(Path.GetFileName).ToArray());
    }

    private protected override string[] EnrollArguments(string name)
    {
        return [.. base.EnrollArguments(name), "--identity", "token"];
    }

    private string Token()
    {
        return ReadSettings()["token"]!.GetValue<string>();
    }
}
