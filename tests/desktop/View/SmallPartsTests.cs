using System;
using System.Collections.Generic;
using System.Text;
using EdgeBroker.Simulator.View;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>Numbers, values and columns as the view writes them.</summary>
[TestClass]
public sealed class SmallPartsTests
{
    [TestMethod]
    [DataRow(0.0, "0")]
    [DataRow(4.94, "4.9")]
    [DataRow(9.96, "10")]
    [DataRow(99_999.0, "99,999")]
    [DataRow(100_000.0, "100 k")]
    [DataRow(1_000_000.0, "1 M")]
    [DataRow(123_456_789.0, "123.5 M")]
    public void Rate_TakesSevenColumns(double rate, string text)
    {
        Assert.AreEqual(text, Units.Rate(rate));
        Assert.IsLessThanOrEqualTo(7, text.Length);
    }

    [TestMethod]
    [DataRow(0.0, "0 B")]
    [DataRow(999.0, "999 B")]
    [DataRow(1000.0, "1 KiB")]
    [DataRow(1_500_000.0, "1.4 MiB")]
    [DataRow(134_217_728.0, "128 MiB")]
    public void Size_HasAUnit(double bytes, string text)
    {
        Assert.AreEqual(text, Units.Size(bytes));
    }

    [TestMethod]
    public void Span_IsShort()
    {
        Assert.AreEqual("45 s", Units.Span(TimeSpan.FromSeconds(45.9)));
        Assert.AreEqual("12 min", Units.Span(TimeSpan.FromMinutes(12.5)));
        Assert.AreEqual("3.5 h", Units.Span(TimeSpan.FromHours(3.5)));
        Assert.AreEqual("12 d", Units.Span(TimeSpan.FromDays(12)));
    }

    [TestMethod]
    public void Sparkline_TellsALittleFromNothing()
    {
        Assert.AreEqual("  ▁▂▅█", Sparkline.Draw([0, 1, 500, 1000], 6));
        Assert.AreEqual("▅█", Sparkline.Draw([0, 1, 500, 1000], 2));
        Assert.AreEqual("▁▁", Sparkline.Draw([0, 0], 2));
        Assert.AreEqual("   ", Sparkline.Draw([], 3));
        Assert.AreEqual("", Sparkline.Draw([1], -4));
    }

    [TestMethod]
    public void Payload_IsTextWhenItPrints()
    {
        Assert.AreEqual("21.5 °C", Printable.Payload("21.5 °C"u8, 8));
        Assert.AreEqual("a b", Printable.Payload("a\nb"u8, 3));
        Assert.AreEqual("(empty)", Printable.Payload(""u8, 0));
        Assert.AreEqual("0x001B5B", Printable.Payload([0, 0x1B, 0x5B], 3));
        Assert.AreEqual("0xC3", Printable.Payload([0xC3], 1), "half a character");
        Assert.AreEqual("ab…", Printable.Payload([(byte)'a', (byte)'b', 0xC3], 9), "cut in one");
        Assert.AreEqual("0xE280AE61", Printable.Payload([0xE2, 0x80, 0xAE, 0x61], 4), "reversed");
    }

    [TestMethod]
    public void Name_ThatDoesNotPrint_IsEscaped()
    {
        Assert.AreEqual("a\\u{1B}[31m", Printable.Name("a\u001b[31m"u8));
    }

    [TestMethod]
    public void Name_ThatIsLong_IsCut()
    {
        byte[] hostile = new byte[ushort.MaxValue];
        Assert.IsLessThan(8 * Printable.LongestName, Printable.Name(hostile).Length);
        Assert.IsTrue(Printable.Name(hostile).EndsWith("\\u{0}…"));
        string longest = new('é', Printable.LongestName);
        Assert.AreEqual(longest, Printable.Name(Encoding.UTF8.GetBytes(longest)));
    }

    [TestMethod]
    [DataRow(null, null, true)]
    [DataRow("true", null, false)]
    [DataRow("1", null, false)]
    [DataRow("false", null, true)]
    [DataRow("", "xterm", true)]
    [DataRow(null, "dumb", false)]
    public void Environment_CanSayNo(string ci, string term, bool isShown)
    {
        var variables = new Dictionary<string, string> { ["CI"] = ci, ["TERM"] = term };
        Assert.AreEqual(isShown, TerminalCheck.CanShowView(variables.GetValueOrDefault));
    }
}
