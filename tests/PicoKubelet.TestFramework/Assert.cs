using System.Collections;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>
/// The part of nanoFramework.TestFramework's <c>Assert</c> that the unit tests use, reported through MSTest.
/// Signatures are the device's; what the device's class lacks must not be added here.
/// </summary>
public static class Assert
{
    public static void AreEqual(bool expected, bool actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(int expected, int actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(long expected, long actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(DateTime expected, DateTime actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(string expected, string actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

    public static void AreNotEqual(int notExpected, int actual, string message = "") => MSTest.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreNotEqual(string notExpected, string actual, string message = "") => MSTest.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreSame(object expected, object actual, string message = "") => MSTest.Assert.AreSame(expected, actual, message);

    public static void IsTrue(bool condition, string message = "") => MSTest.Assert.IsTrue(condition, message);

    public static void IsFalse(bool condition, string message = "") => MSTest.Assert.IsFalse(condition, message);

    public static void IsNull(object value, string message = "") => MSTest.Assert.IsNull(value, message);

    public static void IsNotNull(object value, string message = "") => MSTest.Assert.IsNotNull(value, message);

    public static void IsInstanceOfType(object value, Type expected, string message = "") => MSTest.Assert.IsInstanceOfType(value, expected, message);

    public static void Contains(string expected, string value, string message = "") => MSTest.StringAssert.Contains(value, expected, message);

    public static void DoesNotContains(string notExpected, string value, string message = "") =>
        MSTest.Assert.IsFalse(value.Contains(notExpected, StringComparison.Ordinal), $"'{notExpected}' is in '{value}'. {message}");

    public static void StartsWith(string expected, string value, string message = "") => MSTest.StringAssert.StartsWith(value, expected, message);

    public static void EndsWith(string expected, string value, string message = "") => MSTest.StringAssert.EndsWith(value, expected, message);

    /// <summary>Checks that <paramref name="action"/> throws exactly <paramref name="exception"/>, as on the device.</summary>
    public static void ThrowsException(Type exception, Action action, string message = "")
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            MSTest.Assert.AreEqual(exception, e.GetType(), message);
            return;
        }

        MSTest.Assert.Fail($"{exception} was not thrown. {message}");
    }

    public static void SkipTest(string message = "") => MSTest.Assert.Inconclusive(message);
}
