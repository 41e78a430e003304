using nanoFramework.TestFramework;
using PicoKubelet.Json;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Json;

/// <summary>What is wrong with a document.</summary>
internal static class JsonFault
{
    /// <summary>Reading token by token and skipping at once must find the same fault.</summary>
    public static void AssertAt(byte[] document, string message, int position)
    {
        JsonReader reader = new JsonReader(16, 16);
        for (int pass = 0; pass < 2; pass++)
        {
            reader.Reset(new PiecewiseSource(document, 5));
            JsonException fault = null;
            try
            {
                if (pass == 0)
                {
                    JsonTokens.Of(reader);
                }
                else
                {
                    reader.ReadToEnd();
                }
            }
            catch (JsonException e)
            {
                fault = e;
            }

            Assert.IsNotNull(fault, "accepted");
            Assert.StartsWith(message, fault.Message);
            if (position >= 0)
            {
                Assert.AreEqual(position, fault.Position);
                Assert.EndsWith(" at byte " + position.ToString(), fault.Message);
            }
        }
    }
}
