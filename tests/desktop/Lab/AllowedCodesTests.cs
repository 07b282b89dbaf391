using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>The tables that the core is held against are right and complete.</summary>
[TestClass]
public sealed class AllowedCodesTests
{
    [TestMethod]
    public void Codes_OfV5_AgreeWithTheTableOfTheCore()
    {
        // Written down twice: here packet by packet, in the core as table 2-6.
        PacketKind[] kinds =
        [
            PacketKind.Connack, PacketKind.Puback, PacketKind.Pubrec, PacketKind.Pubrel,
            PacketKind.Pubcomp, PacketKind.Suback, PacketKind.Unsuback, PacketKind.Disconnect,
            PacketKind.Auth,
        ];
        List<string> differences = [];
        foreach (PacketKind kind in kinds)
        {
            for (int code = 0; code < 256; code++)
            {
                bool isAllowed = AllowedCodes.Of(kind, 5, true).Contains(code)
                    || AllowedCodes.Of(kind, 5, false).Contains(code);
                if (isAllowed != ReasonCodeRules.IsAllowed((byte)code, (byte)kind))
                {
                    differences.Add($"{kind} 0x{code:X2}: {isAllowed}");
                }
            }
        }

        Assert.AreEqual("", string.Join("; ", differences));
    }

    [TestMethod]
    public void Check_CodeOfAnotherPacketOrVersion_SaysTheSection()
    {
        string wrong = AllowedCodes.Check(
            new Packet(PacketKind.Suback) { Version = 5, Codes = [0, 0x9F] }, true);
        StringAssert.Contains(wrong, "0x9F");
        StringAssert.Contains(wrong, "3.9.3");
        Assert.IsNotNull(AllowedCodes.Check(
            new Packet(PacketKind.Suback) { Version = 4, Codes = [0x97] }, true));
        Assert.IsNotNull(AllowedCodes.Check(
            new Packet(PacketKind.Connack) { Version = 4, Code = 6 }, true));
        Assert.IsNotNull(AllowedCodes.Check(
            new Packet(PacketKind.Disconnect) { Version = 5, Code = 4 }, true));
        Packet refusal = new(PacketKind.Connack) { Version = 5, Code = 0x87 };
        Assert.IsNotNull(AllowedCodes.Check(refusal with { SessionPresent = true }, true));
        Assert.IsNull(AllowedCodes.Check(refusal, true));
        Assert.IsNull(AllowedCodes.Check(
            new Packet(PacketKind.Disconnect) { Version = 5, Code = 0x8E }, true));
    }

    [TestMethod]
    public void Allowances_StandInDocsLimits()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "limits.md"));
        foreach (Allowance allowance in Allowance.All)
        {
            int from = text.IndexOf($"## {allowance.Page}\n", StringComparison.Ordinal);
            Assert.IsGreaterThanOrEqualTo(0, from, allowance.Page);
            int to = text.IndexOf("\n## ", from, StringComparison.Ordinal);
            string part = to < 0 ? text[from..] : text[from..to];
            StringAssert.Contains(part, Counter.NameOf(allowance.Count), allowance.Name);
        }
    }
}
