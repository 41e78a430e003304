using System.Collections;
using nanoFramework.TestFramework;
using PicoKubelet.Pods;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Pods;

[TestClass]
public class VariableExpansionTests
{
    [TestMethod]
    public void References_AreExpandedAsKubernetesDoesIt()
    {
        Expands("", "");
        Expands("no reference", "no reference");
        Expands("value", "$(A)");
        Expands("-value-value-", "-$(A)-$(A)-");
        Expands("last", "$(TWICE)");
        Expands("", "$(EMPTY)");
        Expands("a=b", "$(EQUALS)");
        Expands("$(NONE)", "$(NONE)");
        Expands("$(AB)", "$(AB)");
        Expands("$(A", "$(A");
        Expands("$($(A)", "$($(A)");
        Expands("$((A))", "$((A))");
        Expands("$()", "$()");
        Expands("$A ${A}", "$A ${A}");
        Expands("$", "$");
        Expands("value$", "$(A)$");
        Expands("$", "$$");
        Expands("$(A)", "$$(A)");
        Expands("$value", "$$$(A)");
        Expands("$$(A)", "$$$$(A)");
    }

    [TestMethod]
    public void WhatHasNoReference_IsNotCopied()
    {
        string text = new string('x', 20);

        Assert.AreSame(text, VariableExpansion.Expand(text, Variables(), 20));
    }

    [TestMethod]
    public void WhatGetsTooLong_IsNoText()
    {
        Assert.AreEqual("valuevalue", VariableExpansion.Expand("$(A)$(A)", Variables(), 10));
        Assert.IsNull(VariableExpansion.Expand("$(A)$(A)", Variables(), 9));
        Assert.IsNull(VariableExpansion.Expand("$(A)$(A)$(A)$(A)$(A)", Variables(), 9));
    }

    [TestMethod]
    public void Environment_RefersToWhatIsBefore_AndArgumentsToAll()
    {
        PodHarness pods = new PodHarness(Replies.Ok("{\"binaryData\":{\"blink.wasm\":\"" + TestPrograms.Arguments + "\"}}"), Replies.Ok("{}"));
        pods.Apply(PodText.Of(
            PodText.ContainerWith(",\"args\":[\"$(POD)\",\"--at=$(PATH)\",\"$$(POD)\"],\"env\":[{\"name\":\"EARLY\",\"value\":\"$(POD)\"},"
                + "{\"name\":\"POD\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}},{\"name\":\"PATH\",\"value\":\"/$(POD)/$(EARLY)\"}]"),
            ",\"restartPolicy\":\"Never\""));
        pods.Duty.Do();
        pods.Step(4);

        Assert.AreEqual("/app/blink.wasm blink --at=/blink/$(POD) $(POD) EARLY=$(POD) POD=blink PATH=/blink/$(POD) ", PodHarness.TextOf(pods.Container.Log));
        Assert.AreEqual("$(POD)", pods.Container.Spec.Arguments[1]);
    }

    [TestMethod]
    public void Variable_ThatGetsTooLong_IsSaid()
    {
        PodHarness pods = new PodHarness(Replies.Ok("{}"));
        string many = "$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)";
        pods.Apply(PodText.Of(PodText.ContainerWith(",\"env\":[{\"name\":\"A\",\"value\":\"0123456789012345678901234567\"},{\"name\":\"B\",\"value\":\"" + many + "\"}]")));
        pods.Duty.Do();

        Assert.Contains("\"reason\":\"CreateContainerConfigError\",\"message\":\"B is longer than 256 bytes once its variables are in it\"", pods.Connection.Sent);
    }

    private static void Expands(string expected, string text)
    {
        Assert.AreEqual(expected, VariableExpansion.Expand(text, Variables(), 256), text);
    }

    private static ArrayList Variables()
    {
        return new ArrayList { "A=value", "TWICE=first", "TWICE=last", "EMPTY=", "EQUALS=a=b" };
    }
}
