using System.IO;
using System.Text;
using EdgeBroker.Simulator.Config;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>What is no text file is said to be none.</summary>
[TestClass]
public sealed class ConfigFileTests
{
    private readonly string _path = Path.GetTempFileName();

    [TestCleanup]
    public void Delete() => File.Delete(_path);

    [TestMethod]
    [DataRow("log_dest file /tmp/lög", "iso-8859-1", "is not UTF-8; save it as UTF-8")]
    [DataRow("pid_file a\0b", "utf-8",
        "has NUL bytes, which no configuration file has; check the path")]
    public void FileOfOtherBytes_IsRefused(string text, string encoding, string complaint)
    {
        File.WriteAllBytes(_path, Encoding.GetEncoding(encoding).GetBytes(text));
        Assert.IsNull(ConfigFile.Read(_path, out string said));
        Assert.AreEqual(complaint, said);
    }

    [TestMethod]
    [DataRow("utf-8")]
    [DataRow("utf-16")]
    public void ByteOrderMark_TellsTheEncoding(string encoding)
    {
        File.WriteAllText(_path, "# ü\nport 1884\n", Encoding.GetEncoding(encoding));
        Assert.AreEqual("# ü\nport 1884\n", ConfigFile.Read(_path, out string said));
        Assert.IsNull(said);
    }

    [TestMethod]
    [DataRow(1024 * 1024, true)]
    [DataRow(1024 * 1024 + 1, false)]
    public void FileOfMoreThanAMebibyte_IsRefused(int size, bool isTaken)
    {
        File.WriteAllText(_path, new string('#', size));
        Assert.AreEqual(isTaken, ConfigFile.Read(_path, out _) != null);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void DeviceWithoutEnd_IsRefused()
    {
        Assert.IsNull(ConfigFile.Read("/dev/zero", out string said));
        StringAssert.StartsWith(said, "is larger than 1 MiB");
    }
}
