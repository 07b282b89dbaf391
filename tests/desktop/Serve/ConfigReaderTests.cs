using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>What the reader of the configuration file accepts, and how it complains.</summary>
[TestClass]
public sealed class ConfigReaderTests
{
    [TestMethod]
    public void CommentsBlanksAndCarriageReturns_AreNoSettings()
    {
        ServeConfig config = Accept("# a comment\r\n\r\n   # another\r\n\t port \t 1884 \r\n");
        Assert.AreEqual(1884, config.Port);
        Assert.HasCount(1, config.Lines);
    }

    [TestMethod]
    public void NoListener_IsTheDefaultOne()
    {
        Assert.AreEqual("127.0.0.1:1883", Listeners(Accept("")));
        Assert.AreEqual("127.0.0.1:1884", Listeners(Accept("port 1884")));
        Assert.AreEqual("0.0.0.0:1883", Listeners(Accept("bind_address 0.0.0.0")));
    }

    [TestMethod]
    public void Listeners_AreAllTaken()
    {
        Assert.AreEqual("127.0.0.1:1 [::1]:2 127.0.0.1:3",
            Listeners(Accept("listener 1\nlistener 2 ::1\nlistener 3 localhost")));
        Assert.AreEqual("127.0.0.1:9 0.0.0.0:1", Listeners(Accept("listener 1 0.0.0.0\nport 9")));
        Assert.AreEqual("127.0.0.1:0 127.0.0.1:0", Listeners(Accept("listener 0\nlistener 0")));
    }

    [TestMethod]
    [DataRow("max_conections 5", "unknown keyword \"max_conections\", did you mean "
        + "max_connections?")]
    [DataRow("MAX-QOS 1", "unknown keyword \"MAX-QOS\", did you mean max_qos?")]
    [DataRow("gruetzi 5",
        "unknown keyword \"gruetzi\"; serve --help-config lists those there are")]
    [DataRow("\u001b[31m 5", "unknown keyword \"\\u{1B}[31m\"; "
        + "serve --help-config lists those there are")]
    [DataRow("acl_file p", "acl_file is not supported: there are no access rights yet; "
        + "remove the line if every client may use every topic")]
    [DataRow("bridge_cafile p", "bridge_cafile is not supported: there are no bridges; "
        + "let a mosquitto with a bridge connect to this broker")]
    [DataRow("log_dest file", "log_dest file needs the path of the file")]
    [DataRow("log_dest file a\nlog_dest file b",
        "log_dest names a second file; there can be one", 3)]
    [DataRow("log_dest stdout x", "log_dest \"stdout\" takes no further word")]
    [DataRow("log_dest printer",
        "log_dest must be stdout, stderr, file PATH or none, not \"printer\"")]
    [DataRow("log_dest none\nlog_dest stderr", "log_dest none and another log_dest "
        + "contradict each other; remove one of them", 3)]
    [DataRow("per_listener_settings true",
        "per_listener_settings true is not supported yet; use false")]
    [DataRow("protocol websockets", "protocol websockets is not supported yet; use mqtt")]
    [DataRow("port", "port needs a value: 0 to 65535")]
    [DataRow("port 65536", "port must be a port from 0 to 65535, not \"65536\"")]
    [DataRow("port 1883 # MQTT", "port must be a port from 0 to 65535, not \"1883 # MQTT\" "
        + "(a comment needs a line of its own)")]
    [DataRow("listener -1", "listener must be a port from 0 to 65535, not \"-1\"")]
    [DataRow("listener 1 1", "listener must be an IPv4 or IPv6 address or localhost, not \"1\"")]
    [DataRow("listener 1 ::1 x", "listener takes PORT [ADDRESS] only, not \"x\" too")]
    [DataRow("bind_address example.org",
        "bind_address must be an IPv4 or IPv6 address or localhost, not \"example.org\"")]
    [DataRow("max_packet_size 0", "max_packet_size must be a whole number from 64 to 268435455, "
        + "not \"0\"; there is no \"unlimited\", take the most that you need")]
    [DataRow("max_keepalive 65536",
        "max_keepalive must be a whole number from 0 to 65535, not \"65536\"")]
    [DataRow("max_connections 99999999999999999999",
        "max_connections must be a whole number from 1 to 1000000, not \"99999999999999999999\"")]
    [DataRow("max_connections 1e3",
        "max_connections must be a whole number from 1 to 1000000, not \"1e3\"")]
    [DataRow("allow_anonymous yes", "allow_anonymous must be true or false, not \"yes\"")]
    [DataRow("max_qos 3", "max_qos must be 0, 1 or 2, not \"3\"")]
    [DataRow("queue_full_policy block", "queue_full_policy must be drop_newest, drop_oldest or "
        + "disconnect, not \"block\"")]
    [DataRow("auto_id_prefix 1234567890123456",
        "auto_id_prefix must be up to 15 bytes of text, not \"1234567890123456\"")]
    public void WrongLine_IsNamedWithItsNumber(string line, string sentence, int number = 2)
    {
        Assert.AreEqual($"f.conf:{number}: {sentence}", Refuse("# first\n" + line));
    }

    [TestMethod]
    [DataRow("port 1\nport 2", "f.conf:2: port is already set in line 1; "
        + "remove one of the two lines")]
    [DataRow("queue_full_deadline 3",
        "f.conf:1: queue_full_deadline works with \"queue_full_policy disconnect\" only; add it")]
    [DataRow("queue_full_policy drop_oldest\nqueue_full_deadline 3",
        "f.conf:2: queue_full_deadline works with \"queue_full_policy disconnect\" only; change "
        + "the policy or remove the deadline (queue_full_policy is set in line 1)")]
    [DataRow("max_connect_size 200\nmax_packet_size 100", "f.conf:2: max_connect_size 200 is "
        + "larger than max_packet_size 100; lower the first or raise the second "
        + "(max_connect_size is set in line 1)")]
    [DataRow("max_subscriptions 5\nmax_subscriptions_per_client 6",
        "f.conf:2: max_subscriptions_per_client 6 is larger than max_subscriptions 5"
        + "; lower the first or raise the second (max_subscriptions is set in line 1)")]
    [DataRow("memory_limit 1048576\nmax_retained_bytes 1048577",
        "f.conf:2: max_retained_bytes 1048577 is larger than memory_limit 1048576"
        + "; lower the first or raise the second (memory_limit is set in line 1)")]
    [DataRow("listener 1883\nport 1883", "f.conf:2: port 127.0.0.1:1883 overlaps with listener "
        + "127.0.0.1:1883 in line 1; change one of the ports")]
    [DataRow("listener 5 0.0.0.0\nlistener 5", "f.conf:2: listener 127.0.0.1:5 overlaps with "
        + "listener 0.0.0.0:5 in line 1; change one of the ports")]
    [DataRow("log_type none\nlog_type error",
        "f.conf:2: log_type none and the log_type in line 1 contradict each other; "
        + "remove one of them")]
    public void Contradiction_NamesBothLines(string text, string expected)
    {
        Assert.AreEqual(expected, Refuse(text));
    }

    [TestMethod]
    public void SeveralErrors_AreAllReportedInTheirOrder()
    {
        Assert.AreEqual("f.conf:1 f.conf:3 f.conf:4", string.Join(' ',
            Refuse("nonsense 1\nport 1883\nport 1884\nmax_qos 7").Split('\n')
                .Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)])));
    }

    [TestMethod]
    public void FileThatIsNotThere_IsNamed()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var errors = new List<string>();
        ConfigReader.ReadFile(path, errors);
        Assert.AreEqual($"{path}: there is no such file; check the path", errors.Single());
    }

    [TestMethod]
    [DataRow("persistence true", "persistence true has no effect: retained messages are lost "
        + "when the broker ends; it cannot store them yet")]
    [DataRow("persistence_location /x", "persistence_location has no effect: retained messages "
        + "are lost when the broker ends; it cannot store them yet")]
    [DataRow("log_dest syslog", "log_dest syslog has no effect: there is no such log yet; there "
        + "are stdout, stderr, file PATH or none")]
    [DataRow("log_type debug", "log_type debug has no effect: there are no such lines")]
    [DataRow("user nobody", "user has no effect: the broker keeps the user that started it")]
    public void LineWithoutEffect_IsSaidOnce(string line, string sentence)
    {
        ServeConfig config = Accept(line);
        Assert.AreEqual("f.conf:1: " + sentence, config.Notes.Single().ToString());
        Assert.AreEqual(LogTypes.All, config.LogTypes);
        Assert.IsTrue(config.LogTargets.HasStdout);
    }

    [TestMethod]
    public void LogTargets_AreAllTaken()
    {
        LogTargets targets = Accept("log_dest stderr\nlog_dest file a b").LogTargets;
        Assert.IsFalse(targets.HasStdout);
        Assert.IsTrue(targets.HasStderr);
        Assert.AreEqual("a b", targets.File);
        targets = Accept("log_dest none").LogTargets;
        Assert.IsFalse(targets.HasStdout || targets.HasStderr || targets.File != null);
    }

    [TestMethod]
    public void Deadline_WithItsPolicy_IsAccepted()
    {
        BrokerSettings settings =
            Accept("queue_full_deadline 3\nqueue_full_policy disconnect").Settings;
        Assert.AreEqual(3000, settings.QueueFullDeadlineMs);
        Assert.AreEqual(QueueFullPolicy.Disconnect, settings.QueueFullPolicy);
    }

    private static string Listeners(ServeConfig config)
    {
        return string.Join(' ', config.AllListeners().Select(listener => listener.EndPoint));
    }

    private static ServeConfig Accept(string text)
    {
        var errors = new List<string>();
        ServeConfig config = ConfigReader.ReadText("f.conf", text, errors);
        Assert.IsEmpty(errors, string.Join('\n', errors));
        return config;
    }

    private static string Refuse(string text)
    {
        var errors = new List<string>();
        ConfigReader.ReadText("f.conf", text, errors);
        return string.Join('\n', errors);
    }
}
