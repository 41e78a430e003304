using System.Text;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests;

/// <summary>The firmware as a whole, as far as it comes without a network.</summary>
[TestClass]
public class FirmwareTests
{
    [TestMethod]
    [DataRow("", "level=error msg=\"no settings\" file=picokubelet.json")]
    [DataRow("{\"token\":\"s3cr3t\"}", "level=error msg=\"settings can not be used\" error=\"apiServer: must be set, for instance https://192.168.1.10:6443\"")]
    [DataRow("{\"token\":s3cr3t}", "level=error msg=\"settings can not be used\" error=\"not JSON: ")]
    public void Without_settings_it_says_so_and_does_nothing(string document, string expected)
    {
        FakeBoard board = new FakeBoard();
        FakeFiles files = new FakeFiles();
        if (document.Length > 0)
        {
            files.Put(SettingsStore.FileName, Encoding.UTF8.GetBytes(document));
        }

        WaitingLog log = new WaitingLog(5);
        Platform platform = new Platform();
        platform.Board = board;
        platform.Storage = new AtomicStorage(files);
        platform.Clock = new ManualClock();
        platform.Log = log;
        Firmware firmware = new Firmware(platform);

        firmware.Start();
        Assert.IsTrue(log.Reached.WaitOne(10000, false));
        firmware.Stop();

        Assert.StartsWith("level=info msg=\"picokubelet starts\" version=0.1.0 target=PICO_RP2040_W\n"
            + "level=info msg=\"no boot record; counting from 1\"\nlevel=info msg=boot number=1 reason=\"power on or reset\"\n" + expected, log.Text);
        Assert.DoesNotContains("s3cr3t", log.Text);
        Assert.IsNull(firmware.State);
        Assert.IsNull(firmware.ApiStatistics);
        Assert.AreEqual(0, board.Reboots);
        Assert.Contains("waiting for settings: deploy them with nanoff, then reset the board", log.Text);
    }

    /// <summary>Tells when it has so many lines.</summary>
    private sealed class WaitingLog : ILogSink
    {
        private readonly RecordingLog _log = new RecordingLog();
        private readonly int _lines;

        public WaitingLog(int lines)
        {
            _lines = lines;
        }

        public AutoResetEvent Reached { get; } = new AutoResetEvent(false);

        public string Text => _log.Text;

        public void Write(LogLevel level, string line)
        {
            _log.Write(level, line);
            if (_log.Count == _lines)
            {
                Reached.Set();
            }
        }
    }
}
