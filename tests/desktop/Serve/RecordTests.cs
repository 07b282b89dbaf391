using System;
using System.IO;
using System.Linq;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>The verbs `serve --record` and `replay` as users run them.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class RecordTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgebroker").FullName;

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, true);

    /// <summary>Settings that SIGHUP changes are part of what is played.</summary>
    [TestMethod]
    public void SessionWithAHangup_IsReplayedByteForByte()
    {
        string file = Path.Combine(_folder, "a.rec");
        using (SimulatorProcess broker = SimulatorProcess.ServeInShell(
            $"exec \"$0\" \"$@\" --record {file}", "retain_available true"))
        {
            using RawClient before = RawClient.Connected(broker.Port, 5, "before");
            before.Subscribe(5, "#");
            File.WriteAllLines(broker.ConfigFile,
                ["retain_available false", "auto_id_prefix \u00e4"]);
            broker.Signal("HUP");
            broker.WaitForText("taken over: ");
            using RawClient after = RawClient.Connected(broker.Port, 5, "");
            File.WriteAllLines(broker.ConfigFile, ["allow_anonymous false"]);
            broker.Signal("HUP");
            broker.WaitForText("taken over: allow_anonymous false");
            using var refused = new RawClient(broker.Port);
            Assert.AreEqual(0x87, refused.Connect(5, "refused")[3]);
            broker.Signal("TERM");
            Assert.AreEqual(0, broker.WaitForExit(), broker.Transcript);
            broker.WaitForText("recorded in " + file);
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(file), "it holds secrets");
        }

        string[] lines = Run(0, out string[] errors, "replay", file, "--print");
        StringAssert.StartsWith(lines[^1], "identical: ");
        Assert.AreEqual(2, lines.Count(line => line.Contains("the settings have changed")));
        Assert.IsTrue(lines.Any(line => line.Contains("<- CONNACK 0x87")));
        Assert.IsTrue(lines.Any(line => line.Contains("!! CONNECT refused: ")));
        Assert.IsTrue(lines.Any(line => line.Contains("\"before\" <- DISCONNECT 0x8B")));
        Assert.AreEqual(0, errors.Length);

        string capture = Path.Combine(_folder, "a.pcap");
        Run(0, out _, "replay", file, "--pcap", capture);
        lines = Run(0, out _, "replay", capture);
        StringAssert.Contains(lines[0], ": 3 connections sent ");
        Run(2, out errors, "replay", file, "--pcap", capture);
        StringAssert.Contains(errors[0], "the file is there already");
        Run(2, out errors, "replay", file, "--port", "1883");
        StringAssert.Contains(errors[0], "leave --config and --port out");
    }

    [TestMethod]
    public void KilledBroker_LeavesARecordingThatSaysSo()
    {
        string file = Path.Combine(_folder, "a.rec");
        using (SimulatorProcess broker = SimulatorProcess.ServeWith("--record", file))
        {
            RawClient.Connected(broker.Port, 4, "c").Dispose();
        }

        string[] lines = Run(0, out _, "replay", file);
        StringAssert.StartsWith(lines[^1], "identical as far as it goes: ");
        StringAssert.Contains(lines[^1], "the recording is cut off there");
    }

    [TestMethod]
    public void FileThatIsThere_IsNotTouched()
    {
        string file = Path.Combine(_folder, "precious");
        File.WriteAllText(file, "data");
        Run(1, out string[] errors, "serve", "--port", "0", "--record", file);
        Assert.AreEqual($"--record {file}: the file is there already, and what it holds would be "
            + "lost; remove it or name another one", errors[0]);
        Assert.AreEqual("data", File.ReadAllText(file));
        Run(1, out errors, "serve", "--port", "0", "--record", _folder);
        StringAssert.Contains(errors[0], "that is a folder");
        Run(1, out errors, "serve", "--port", "0", "--record", _folder + "/no/a.rec");
        StringAssert.Contains(errors[0], "cannot be written: ");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void DiskThatIsFull_EndsTheRecordingOnly()
    {
        using SimulatorProcess broker = SimulatorProcess.ServeWith("--record", "/dev/full");
        broker.WaitForText("the recording has ended and the broker goes on: /dev/full takes no "
            + "more: No space left on device");
        using RawClient client = RawClient.Connected(broker.Port, 5, "c");
        client.SendHex("c0 00");
        CollectionAssert.AreEqual((byte[])[0xD0, 0x00], client.ReadPacket());
        broker.Signal("TERM");
        Assert.AreEqual(0, broker.WaitForExit());
        Assert.AreEqual(1, broker.Output.Count(line => line.Contains("record")), broker.Transcript);
    }

    [TestMethod]
    public void Firmware_IsNotRecorded()
    {
        Run(2, out string[] errors, "serve", "--firmware", "--board", "esp32", "--record", "x");
        StringAssert.Contains(errors[0], "serve --board NAME --record FILE");
    }

    [TestMethod]
    public void FilesThatAreNoRecordings_AreNamed()
    {
        string file = Path.Combine(_folder, "text");
        File.WriteAllText(file, "hello");
        Run(1, out string[] errors, "replay", file);
        Assert.AreEqual($"{file}: it is no recording; replay plays what serve --record has written",
            errors[0]);
        Run(2, out errors, "replay", _folder);
        StringAssert.Contains(errors[0], "is a folder");
        Run(2, out errors, "replay", file + "x");
        StringAssert.Contains(errors[0], "cannot be read: ");
        Assert.AreEqual(1, errors.Length);
    }

    private static string[] Run(int exitCode, out string[] errors, params string[] arguments)
    {
        using SimulatorProcess process = SimulatorProcess.Start(null, arguments);
        Assert.AreEqual(exitCode, process.WaitForExit(), process.Transcript);
        errors = process.Errors;
        return process.Output;
    }
}
