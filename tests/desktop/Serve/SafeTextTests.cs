using EdgeBroker.Simulator.Config;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>What strangers write reaches logs and terminals harmlessly.</summary>
[TestClass]
public sealed class SafeTextTests
{
    [TestMethod]
    [DataRow("sensor-1", "\"sensor-1\"")]
    [DataRow("", "\"\"")]
    [DataRow("Grüße 日本 😀", "\"Grüße 日本 😀\"")]
    [DataRow("a\nb\r\t", "\"a\\u{A}b\\u{D}\\u{9}\"")]
    [DataRow("\u001b[2J\u009b", "\"\\u{1B}[2J\\u{9B}\"")]
    [DataRow("a\" refused \"b\\", "\"a\\\" refused \\\"b\\\\\"")]
    [DataRow("x\u202eabc\u2028\u200b\u00a0", "\"x\\u{202E}abc\\u{2028}\\u{200B}\\u{A0}\"")]
    public void Quote_EscapesWhatDoesNotPrint(string text, string expected)
    {
        Assert.AreEqual(expected, SafeText.Quote(text));
    }

    [TestMethod]
    public void Quote_EscapesHalfASurrogatePair()
    {
        Assert.AreEqual("\"\\u{FFFD}\"", SafeText.Quote("\ud800"));
    }

    [TestMethod]
    public void Quote_CutsLongText()
    {
        Assert.AreEqual($"\"{new string('x', 100)}\"", SafeText.Quote(new string('x', 100)));
        Assert.AreEqual($"\"{new string('x', 100)}\"...", SafeText.Quote(new string('x', 101)));
    }
}
