using PicoKubelet.Bench.Wasm.Spec;

namespace PicoKubelet.Wasm.SpecTests.Spec;

/// <summary>How scripts are taken apart and brought to one notation.</summary>
[TestClass]
public sealed class WastTests
{
    [TestMethod]
    public void ScriptsAreTakenApartByForm()
    {
        List<WastForm> forms = WastForm.Split("""
            ;; (not a form)
            (module (func "a)\"(" (; (nested (; comment ;) ;) nop))
            (; a block
            comment ;) (assert_return (invoke "f")
              (i32.const 1)) (invoke "g")
            """);

        CollectionAssert.AreEqual(new[] { 2, 4, 5 }, forms.Select(form => form.Line).ToArray());
        CollectionAssert.AreEqual(new[] { 2, 5, 5 }, forms.Select(form => form.LastLine).ToArray());
        Assert.AreEqual("(invoke \"g\")", forms[2].Text);
        Assert.IsTrue(forms[0].IsModule);
    }

    [TestMethod]
    [DataRow("(assert_return_canonical_nan (invoke \"add\" (f32.const nan)))", "f32", "(assert_return (invoke \"add\" (f32.const nan)) (f32.const nan:canonical))")]
    [DataRow("(assert_return_arithmetic_nan (invoke \"f64.promote_f32\" (f32.const nan)))", "conversions", "(assert_return (invoke \"f64.promote_f32\" (f32.const nan)) (f64.const nan:arithmetic))")]
    [DataRow("(assert_return_nan (invoke \"f\" (f32.const 0.0)))", "old", "(assert_return (invoke \"f\" (f32.const 0.0)) (f32.const nan:arithmetic))")]
    [DataRow("(module (func (if $l i32 (i32.const 1) (then (block i64 (i64.const 1))))))", "x", "(module (func (if $l (result i32) (i32.const 1) (then (block (result i64) (i64.const 1))))))")]
    [DataRow("(module (table 1 (ref null func)) (elem $e (i32.const 0)))", "x", "(module (table 1 funcref) (elem $e (i32.const 0)))")]
    [DataRow("(module (table $t 1 funcref) (elem $t (i32.const 0)))", "x", "(module (table $t 1 funcref) (elem (table $t) (i32.const 0)))")]
    [DataRow("(assert_trap (invoke \"f\" (i32.const 1)))", "x", "(assert_trap (invoke \"f\" (i32.const 1)) \"\")")]
    [DataRow("(assert_trap (invoke \"f\" (i32.const 1)) \"unreachable\")", "x", "(assert_trap (invoke \"f\" (i32.const 1)) \"unreachable\")")]
    [DataRow("(assert_return (invoke \"f\" (f32.const nan)) (f32.const nan))", "old_float_exprs", "(assert_return (invoke \"f\" (f32.const nan)) (f32.const nan:arithmetic))")]
    [DataRow("(f32.const -infinity)", "x", "(f32.const -inf)")]
    public void OlderNotationsAreBroughtToThePresentOne(string form, string script, string expected)
    {
        Assert.AreEqual(expected, WastDialect.Rewrite(form, script));
    }
}
