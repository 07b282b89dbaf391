using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>Files that include others, Debian's mosquitto.conf among them.</summary>
[TestClass]
public sealed class IncludeTests
{
    private string _folder;

    [TestInitialize]
    public void Make()
    {
        _folder = Directory.CreateTempSubdirectory().FullName;
    }

    [TestCleanup]
    public void Delete()
    {
        Directory.Delete(_folder, true);
    }

    [TestMethod]
    public void Files_AreReadInMosquittosOrder()
    {
        string[] names = ["b", "A", "01", "a", "B", "00"];
        for (int i = 0; i < names.Length; i++)
        {
            Write(names[i] + ".conf", $"listener {i}");
        }

        Write("c.conf.bak", "listener 9");
        ServeConfig config = Read($"listener 8\ninclude_dir {_folder}", out List<string> errors);
        Assert.IsEmpty(errors);
        // The example of the manual: 00, 01, A, a, B, b.
        CollectionAssert.AreEqual(new[] { 8, 5, 2, 1, 3, 4, 0 },
            config.AllListeners().Select(listener => listener.EndPoint.Port).ToArray());
    }

    [TestMethod]
    public void Errors_NameTheIncludedFile()
    {
        string path = Write("x.conf", "port 1\nnonsense\n");
        Read($"port 2\ninclude_dir {_folder}\nmax_qos 7", out List<string> errors);
        CollectionAssert.AreEqual(new[]
        {
            $"{path}:1: port is already set in main.conf:1; remove one of the two lines",
            $"{path}:2: unknown keyword \"nonsense\"; serve --help-config lists those there are",
            "main.conf:3: max_qos must be 0, 1 or 2, not \"7\"",
        }, errors);
    }

    [TestMethod]
    public void Contradictions_NameBothFiles()
    {
        string path = Write("x.conf", "max_packet_size 100");
        Read($"max_connect_size 200\ninclude_dir {_folder}", out List<string> errors);
        Assert.AreEqual($"{path}:1: max_connect_size 200 is larger than max_packet_size 100; lower "
            + "the first or raise the second (max_connect_size is set in main.conf:1)",
            errors.Single());
    }

    [TestMethod]
    public void Folder_ThatIsNotThere_IsAnError()
    {
        Read("include_dir /nowhere", out List<string> errors);
        Assert.AreEqual("main.conf:1: include_dir /nowhere: there is no such folder; make it or "
            + "remove the line", errors.Single());
    }

    [TestMethod]
    public void Folder_ThatHoldsTheMainFile_IsAnError()
    {
        string main = Write("main.conf", $"include_dir {_folder}");
        var errors = new List<string>();
        ConfigReader.ReadFile(main, errors);
        Assert.AreEqual($"{main}:1: include_dir {_folder} holds the main file itself; move one of "
            + "them", errors.Single());
    }

    [TestMethod]
    public void IncludedFiles_IncludeNoOthers()
    {
        string path = Write("x.conf", $"include_dir {_folder}");
        ServeConfig config = Read($"include_dir {_folder}", out List<string> errors);
        Assert.IsEmpty(errors);
        Assert.AreEqual($"{path}:1: include_dir has no effect here: it works in the main file only",
            config.Notes.Single().ToString());
    }

    [TestMethod]
    public void DebiansFile_Works()
    {
        // As in Debian's package mosquitto 2.0, but for the folders.
        string log = Path.Combine(_folder, "mosquitto.log");
        string pid = Path.Combine(_folder, "mosquitto.pid");
        string[] settings =
        [
            "# Place your local configuration in /etc/mosquitto/conf.d/", "#",
            "# A full description of the configuration file is at",
            "# /usr/share/doc/mosquitto/examples/mosquitto.conf.example", "",
            "pid_file " + pid, "", "persistence true",
            "persistence_location /var/lib/mosquitto/", "", "log_dest file " + log, "",
            "include_dir " + _folder,
        ];
        Write("local.conf", "connection_messages true\nlog_dest stdout");
        using SimulatorProcess simulator = SimulatorProcess.Serve(settings);
        RawClient.Connected(simulator.Port, 4, "c").Dispose();
        simulator.WaitForText("client \"c\" at ");
        string text = File.ReadAllText(log);
        StringAssert.Contains(text, ":8: persistence true has no effect: retained messages are");
        StringAssert.Contains(text, ":9: persistence_location has no effect: retained messages");
        Assert.AreEqual(2, text.Split(" has no effect").Length - 1);
        Assert.IsTrue(File.Exists(pid));
    }

    [TestMethod]
    public void LogFile_ThatCannotBeOpened_StopsTheStart()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(
            [$"log_dest file {_folder}"], "serve", "--port", "0");
        Assert.AreEqual(1, simulator.WaitForExit());
        string error = simulator.Errors.Single();
        StringAssert.StartsWith(error, $"log_dest file {_folder} cannot be opened: ");
        StringAssert.EndsWith(error, "Check that the folder exists and that you may write there.");
    }

    [TestMethod]
    [DataRow("stderr")]
    [DataRow("none")]
    public void LogDestination_IsTheOnlyOne(string destination)
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("log_dest " + destination);
        Assert.HasCount(1, simulator.Output, "only the address is on stdout");
        Assert.AreEqual(destination == "stderr",
            simulator.Errors.Any(line => line.EndsWith(" starts", StringComparison.Ordinal)));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static ServeConfig Read(string text, out List<string> errors)
    {
        errors = [];
        return ConfigReader.ReadText("main.conf", text, errors);
    }
}
