using System;
using nanoFramework.TestFramework;
using PicoKubelet.Provisioning;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Provisioning;

[TestClass]
public class ModeTests
{
    [TestMethod]
    public void The_network_has_the_boards_name_and_a_password_that_the_log_tells()
    {
        ProvisioningHarness board = new ProvisioningHarness();

        Assert.IsTrue(board.Mode.Step());

        Assert.AreEqual("PicoKubelet-0ABCDE", board.AccessPoint.Ssid);
        string password = board.AccessPoint.Password;
        Assert.AreEqual(14, password.Length);
        PageTests.AssertContains(board.Log.Text, "msg=\"access point is open\" ssid=PicoKubelet-0ABCDE password=" + password);
        Assert.AreNotEqual(password, NewPassword());
    }

    [TestMethod]
    public void By_the_button_it_has_no_password_and_the_log_warns()
    {
        ProvisioningHarness board = new ProvisioningHarness();
        board.Mode.IsOpenNetwork = true;

        board.Mode.Step();

        Assert.AreEqual("", board.AccessPoint.Password);
        PageTests.AssertContains(board.Log.Text, "level=warning msg=\"access point has no password");
    }

    [TestMethod]
    public void Where_it_opens_at_a_start_alone_the_board_restarts_into_it()
    {
        ProvisioningHarness board = new ProvisioningHarness();
        board.AccessPoint.NeedsRestart = true;

        Assert.IsFalse(board.Mode.Step());
        Assert.AreEqual("access point opens", board.Board.RebootReason);

        string password = board.AccessPoint.Password;
        board.AccessPoint.IsOpen = true;
        board.Start();
        Assert.IsTrue(board.Mode.Step());
        Assert.AreEqual(1, board.Board.Reboots);
        Assert.AreEqual(password, board.AccessPoint.Password);
        PageTests.AssertContains(board.Log.Text, "password=" + password);
    }

    [TestMethod]
    public void Without_a_scan_names_can_be_typed()
    {
        ProvisioningHarness board = new ProvisioningHarness();
        board.Wifi.ScanFailure = new InvalidOperationException("busy");

        Assert.IsTrue(board.Mode.Step());

        Assert.AreEqual(200, HttpAnswer.StatusOf(board.Get("/")));
        PageTests.AssertContains(board.Log.Text, "no Wi-Fi scan");
    }

    [TestMethod]
    public void What_is_saved_restarts_the_board_once_the_answer_had_time_to_arrive()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        PageTests.AssertContains(board.Post(ProvisioningHarness.Minimum), "Saved.");

        board.Clock.Advance(1499);
        Assert.IsTrue(board.Mode.Step());
        Assert.AreEqual(0, board.Board.Reboots);
        board.Clock.Advance(1);
        Assert.IsFalse(board.Mode.Step());
        Assert.AreEqual("provisioned", board.Board.RebootReason);
        Assert.AreEqual(1, board.AccessPoint.Closes);
        Assert.IsTrue(board.AccessPoint.Dhcp.IsClosed);
    }

    [TestMethod]
    public void Nobody_comes_and_a_board_with_settings_goes_on()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving(ProvisioningHarness.Stored);

        board.Clock.Advance(ProvisioningMode.IdleMilliseconds - 1);
        Assert.IsTrue(board.Mode.Step());
        board.Clock.Advance(1);
        Assert.IsFalse(board.Mode.Step());

        Assert.IsFalse(board.AccessPoint.IsOpen);
        Assert.AreEqual(0, board.Board.Reboots);
    }

    [TestMethod]
    public void Nobody_comes_and_a_board_without_settings_opens_again_after_a_pause()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        string password = board.AccessPoint.Password;

        board.Clock.Advance(ProvisioningMode.IdleMilliseconds);
        Assert.IsTrue(board.Mode.Step());
        Assert.IsFalse(board.AccessPoint.IsOpen);

        board.Clock.Advance(ProvisioningMode.PauseMilliseconds - 1);
        board.Mode.Step();
        Assert.IsFalse(board.AccessPoint.IsOpen);
        board.Clock.Advance(1);
        board.Mode.Step();
        Assert.IsTrue(board.AccessPoint.IsOpen);
        Assert.AreNotEqual(password, board.AccessPoint.Password);
    }

    [TestMethod]
    public void Where_it_closes_at_a_start_alone_the_pause_comes_after_the_restart()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        board.AccessPoint.NeedsRestart = true;
        board.Clock.Advance(ProvisioningMode.IdleMilliseconds);
        Assert.IsFalse(board.Mode.Step());
        Assert.AreEqual(ProvisioningMode.ClosedReason, board.Board.RebootReason);

        board.AccessPoint.IsOpen = false;
        board.AccessPoint.NeedsRestart = false;
        board.Start();
        board.Mode.Continue(ProvisioningMode.ClosedReason, 1);
        board.Clock.Advance(ProvisioningMode.PauseMilliseconds - 1);
        Assert.IsTrue(board.Mode.Step());
        Assert.IsFalse(board.AccessPoint.IsOpen);
        board.Clock.Advance(1);
        board.Mode.Step();
        Assert.IsTrue(board.AccessPoint.IsOpen);
    }

    [TestMethod]
    public void The_pause_doubles_while_nobody_comes()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        int[] minutes = { 5, 10, 20, 40, 80, 160, 160 };
        for (int i = 0; i < minutes.Length; i++)
        {
            board.Clock.Advance(ProvisioningMode.IdleMilliseconds);
            Assert.IsTrue(board.Mode.Step());
            board.Clock.Advance((minutes[i] * 60 * 1000) - 1);
            board.Mode.Step();
            Assert.IsFalse(board.AccessPoint.IsOpen, minutes[i].ToString());
            board.Clock.Advance(1);
            board.Mode.Step();
            Assert.IsTrue(board.AccessPoint.IsOpen, minutes[i].ToString());
        }
    }

    [TestMethod]
    [DataRow(ProvisioningMode.ClosedReason, 3, 20)]
    [DataRow(ProvisioningMode.ClosedReason, 9, 160)]
    public void The_pause_goes_on_doubling_over_restarts(string reason, int closings, int minutes)
    {
        ProvisioningHarness board = new ProvisioningHarness();
        board.Start();
        board.Mode.Continue(reason, closings);
        board.Clock.Advance((minutes * 60 * 1000) - 1);
        board.Mode.Step();
        Assert.IsFalse(board.AccessPoint.IsOpen);
        board.Clock.Advance(1);
        board.Mode.Step();
        Assert.IsTrue(board.AccessPoint.IsOpen);
    }

    [TestMethod]
    public void A_request_for_the_page_keeps_it_open_and_a_phones_look_for_a_portal_does_not()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        board.Clock.Advance(ProvisioningMode.IdleMilliseconds - 1);
        board.Get("/");
        board.Clock.Advance(ProvisioningMode.IdleMilliseconds - 1);
        board.Mode.Step();
        Assert.IsTrue(board.AccessPoint.IsOpen);

        board.Get("/generate_204");
        board.Clock.Advance(1);
        board.Mode.Step();
        Assert.IsFalse(board.AccessPoint.IsOpen);
    }

    [TestMethod]
    public void The_LED_blinks_slowly_while_the_network_is_open()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        board.Clock.Milliseconds = 10000;
        board.Mode.Step();
        Assert.IsTrue(board.Pins.IsLedOn);
        board.Clock.Advance(999);
        board.Mode.Step();
        Assert.IsTrue(board.Pins.IsLedOn);
        board.Clock.Advance(1);
        board.Mode.Step();
        Assert.IsFalse(board.Pins.IsLedOn);
        Assert.AreEqual(2, board.Pins.LedWrites);

        board.Clock.Milliseconds = 12000;
        board.Mode.Step();
        board.Clock.Advance(ProvisioningMode.IdleMilliseconds);
        board.Mode.Step();
        Assert.IsFalse(board.Pins.IsLedOn);
    }

    [TestMethod]
    public void It_can_be_stopped()
    {
        ProvisioningHarness board = new ProvisioningHarness();
        board.Mode.Stop();

        Assert.IsFalse(board.Mode.Run());
    }

    private static string NewPassword()
    {
        ProvisioningHarness board = new ProvisioningHarness();
        board.Mode.Step();
        return board.AccessPoint.Password;
    }
}
