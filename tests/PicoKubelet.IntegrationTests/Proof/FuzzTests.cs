using PicoKubelet.Bench.Fuzzing;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.IntegrationTests.Proof;

/// <summary>Some of the fuzzer's inputs: docs/proof.md shows a million.</summary>
[TestClass]
public class FuzzTests
{
    private const int Inputs = 4_000;

    public static IEnumerable<object[]> Names => Fuzzer.NewTargets().Select(target => new object[] { target.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void No_input_whatever_breaks_a_reader(string target)
    {
        Report report = Quiet.NewReport();

        List<string> violations = Fuzzer.Run(Inputs, seed: 7, target, only: -1, report);

        Assert.AreEqual("", string.Join('\n', violations));
    }

    [TestMethod]
    public void Mutation_leaves_enough_that_is_right()
    {
        // Otherwise the fuzzer says little.
        foreach (FuzzTarget target in Fuzzer.NewTargets())
        {
            Mutator mutator = new(target);
            for (int i = 0; i < 500; i++)
            {
                target.Feed(mutator.Make(new Random(i)), 100);
            }

            Assert.IsGreaterThan(25, target.Accepted, target.Name);
            Assert.IsLessThan(475, target.Accepted, target.Name);
        }
    }

    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok\n")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nok\r\n")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nok\r\n0\r\n\r\nmore")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [DataRow("HTTP/1.1 200 OK\r\nX: a\nb\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [DataRow("ok")]
    public void What_is_no_answer_is_noticed(string answer)
    {
        Assert.Throws<Exception>(() => AnswerCheck.Check(System.Text.Encoding.ASCII.GetBytes(answer), isHead: false));
    }
}
