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
    [DataRow("gruetzi 5", "unknown keyword \"gruetzi\"")]
    [DataRow("\u001b[31m 5", "unknown keyword \"\\u{1B}[31m\"")]
    [DataRow("password_file p",
        "password_file is a mosquitto keyword that EdgeBroker does not support")]
    [DataRow("bridge_cafile p",
        "bridge_cafile is a mosquitto keyword that EdgeBroker does not support")]
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
        + "not \"0\": every limit of EdgeBroker is finite")]
    [DataRow("max_keepalive 65536",
        "max_keepalive must be a whole number from 0 to 65535, not \"65536\"")]
    [DataRow("max_connections 99999999999999999999",
        "max_connections must be a whole number from 1 to 1000000, not \"99999999999999999999\"")]
    [DataRow("max_connections 1e3",
        "max_connections must be a whole number from 1 to 1000000, not \"1e3\"")]
    [DataRow("allow_anonymous yes", "allow_anonymous must be true or false, not \"yes\"")]
    [DataRow("max_qos 2", "max_qos 2 is not supported yet, only 0 or 1")]
    [DataRow("persistence true", "persistence true is not supported yet, only false")]
    [DataRow("queue_full_policy block", "queue_full_policy must be drop_newest, drop_oldest or "
        + "disconnect, not \"block\"")]
    [DataRow("auto_id_prefix 1234567890123456",
        "auto_id_prefix must be up to 15 bytes of text, not \"1234567890123456\"")]
    public void WrongLine_IsNamedWithItsNumber(string line, string sentence)
    {
        Assert.AreEqual("f.conf:2: " + sentence, Refuse("# first\n" + line));
    }

    [TestMethod]
    [DataRow("port 1\nport 2", "f.conf:2: port stands in line 1 already")]
    [DataRow("queue_full_deadline 3",
        "f.conf:1: queue_full_deadline needs queue_full_policy disconnect")]
    [DataRow("queue_full_policy drop_oldest\nqueue_full_deadline 3",
        "f.conf:2: queue_full_deadline needs queue_full_policy disconnect "
        + "(queue_full_policy stands in line 1)")]
    [DataRow("max_connect_size 200\nmax_packet_size 100", "f.conf:2: max_connect_size 200 is "
        + "larger than max_packet_size 100 (max_connect_size stands in line 1)")]
    [DataRow("max_subscriptions 5\nmax_subscriptions_per_client 6",
        "f.conf:2: max_subscriptions_per_client 6 is larger than max_subscriptions 5 "
        + "(max_subscriptions stands in line 1)")]
    [DataRow("memory_limit 1048576\nmax_retained_bytes 1048577",
        "f.conf:2: max_retained_bytes 1048577 is larger than memory_limit 1048576 "
        + "(memory_limit stands in line 1)")]
    [DataRow("listener 1883\nport 1883", "f.conf:2: port wants 127.0.0.1:1883, which listener in "
        + "line 1 takes already as 127.0.0.1:1883")]
    [DataRow("listener 5 0.0.0.0\nlistener 5", "f.conf:2: listener wants 127.0.0.1:5, which "
        + "listener in line 1 takes already as 0.0.0.0:5")]
    [DataRow("log_type none\nlog_type error",
        "f.conf:2: log_type none contradicts another log_type (line 1)")]
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
        Assert.AreEqual($"{path}: there is no such file", errors.Single());
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
