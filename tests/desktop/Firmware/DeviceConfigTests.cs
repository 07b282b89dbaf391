using System.IO;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>The configuration file in the device's storage.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class DeviceConfigTests
{
    [TestMethod]
    public void NoFile_MeansTheDefaultsOfTheBoard()
    {
        DeviceConfig config = Load(null);
        Assert.IsNull(config.Error);
        Assert.AreEqual(1883, config.Port);
        Assert.IsTrue(config.AllowAnonymous);
        Assert.AreEqual(
            Esp32.Create().Limits.MaxConnections, config.Board.Limits.MaxConnections);
    }

    [TestMethod]
    public void Keywords_SetLimitsAndBehaviour()
    {
        DeviceConfig config = Load("\uFEFF# a comment\r\nport 1884\r\nallow_anonymous false\n\n"
            + "max_connections\t5\n  max_keepalive   60  \nqueue_full_policy drop_oldest\n"
            + "connect_timeout 3\nmax_qos 0\nauto_id_prefix dev-\nmemory_limit 8192\n"
            + "persistence false\nsys_interval 0");
        Assert.IsNull(config.Error);
        Assert.AreEqual(1884, config.Port);
        Assert.IsFalse(config.AllowAnonymous);
        Assert.AreEqual(5, config.Board.Limits.MaxConnections);
        Assert.AreEqual(60, config.Settings.MaxKeepAliveS);
        Assert.AreEqual(QueueFullPolicy.DropOldest, config.Settings.QueueFullPolicy);
        Assert.AreEqual(3000, config.Settings.ConnectTimeoutMs);
        Assert.AreEqual(0, config.Settings.MaxQos);
        Assert.AreEqual("dev-", config.Settings.ClientIdPrefix);
        Assert.AreEqual(8192 / config.Board.Limits.MessageBlockSize,
            config.Board.Limits.MessageBlocks);
        Assert.AreEqual(0, config.Settings.SysIntervalS);
    }

    [TestMethod]
    [DataRow("port 1884\nmax_conections 5", "line 2: max_conections: unknown keyword")]
    [DataRow("port 65536", "line 1: port: must be 0 to 65535")]
    [DataRow("port", "line 1: port needs a value")]
    [DataRow("port 1 2", "line 1: port: must be 0 to 65535")]
    [DataRow("\n\nmax_qos 2", "line 3: max_qos: must be 0 to 1")]
    [DataRow("retain_available yes", "line 1: retain_available: must be true or false")]
    [DataRow("persistence true", "line 1: persistence: must be false")]
    [DataRow("auto_id_prefix 1234567890123456", "line 1: auto_id_prefix: must be 1 to 15 bytes")]
    [DataRow("queue_full_policy drop", "must be drop_newest, drop_oldest or disconnect")]
    [DataRow("max_connections 20", "max_connections: the board has sockets for 14 clients")]
    [DataRow("memory_limit 1024", "MessageBlocks")]
    public void WrongFile_LeavesTheDefaultsAndKeepsTheError(string text, string error)
    {
        DeviceConfig config = Load(text);
        StringAssert.Contains(config.Error, error);
        Assert.IsLessThanOrEqualTo(100, config.Error.Length);
        Assert.AreEqual(1883, config.Port);
        Assert.AreEqual(
            Esp32.Create().Limits.MaxConnections, config.Board.Limits.MaxConnections);
        Assert.IsTrue(config.AllowAnonymous);
    }

    [TestMethod]
    [DataRow("allow_anonymous false\nport x")]
    [DataRow("allow_anonymous no")]
    [DataRow("allow_anonymous")]
    public void WrongFile_ThatLocksStrangersOut_StillDoes(string text)
    {
        DeviceConfig config = Load(text);
        Assert.IsNotNull(config.Error);
        Assert.IsFalse(config.AllowAnonymous);
    }

    [TestMethod]
    public void FileOfMoreThan4Kilobytes_IsRefusedAndLetsNobodyIn()
    {
        DeviceConfig config = Load("allow_anonymous false\n" + new string('#', 5000));
        StringAssert.Contains(config.Error, "4096");
        Assert.IsFalse(config.AllowAnonymous);
    }

    [TestMethod]
    public void FileThatCannotBeRead_LetsNobodyIn()
    {
        using FirmwareHost device = Device.Make();
        device.WriteFile(DeviceConfig.FileName, "allow_anonymous false");
        string path = device.Where.StorageRoot + DeviceConfig.FileName;
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            DeviceConfig config = DeviceConfig.Load("ESP32_REV3", device.Where);
            StringAssert.Contains(config.Error, "cannot be read");
            Assert.IsFalse(config.AllowAnonymous);
            Assert.IsFalse(DeviceConfig.Safe("ESP32_REV3", device.Where).AllowAnonymous);
        }
    }

    [TestMethod]
    public void LongLine_IsAnErrorUnlessItIsAComment()
    {
        string blanks = new(' ', 200);
        Assert.IsNull(Load("#" + new string('x', 3000) + "\nport 1884").Error);
        DeviceConfig config = Load("port 1884\nallow_anonymous" + blanks + "false");
        Assert.AreEqual("line 2: longer than 200 bytes", config.Error);
        Assert.IsFalse(config.AllowAnonymous);
    }

    [TestMethod]
    [DataRow("max_packet_size 3000")]
    [DataRow("max_packet_size 64")]
    [DataRow("max_retained_messages 100")]
    [DataRow("max_retained_messages 0")]
    [DataRow("max_retained_bytes 20000")]
    [DataRow("max_subscriptions 200")]
    [DataRow("max_subscriptions 2")]
    [DataRow("max_queued_messages 300\nmax_queued_bytes 20000")]
    public void StatedLimit_MakesTheInnerTablesFollow(string text)
    {
        DeviceConfig config = Load(text);
        Assert.IsNull(config.Error, config.Error);
        config.Board.Limits.Validate();
    }

    private static DeviceConfig Load(string text)
    {
        using FirmwareHost device = Device.Make();
        if (text != null)
        {
            device.WriteFile(DeviceConfig.FileName, text);
        }

        return DeviceConfig.Load("ESP32_REV3", device.Where);
    }
}
