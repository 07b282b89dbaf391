using System;
using System.IO;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Record;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab.Record;

/// <summary>Files that are cut off, changed, or something else: what is wrong is said.</summary>
[TestClass]
public sealed class DamagedRecordingTests
{
    private static readonly byte[] _file = RandomSession.Record(
        8, 16, 0, 3, 100, new BrokerLimits());

    [TestMethod]
    public void EveryPrefix_IsPlayedUpToTheCut()
    {
        int played = 0;
        for (int length = 0; length < _file.Length; length++)
        {
            ReplayResult result = Play(_file[..length], out string error);
            if (result == null)
            {
                StringAssert.Contains(error, "cut off before its first verb");
                continue;
            }

            played++;
            Assert.AreEqual(null, result.Difference, $"{length} bytes");
            Assert.AreEqual(RecordingEnd.CutOff, result.End, $"{length} bytes");
        }

        Assert.IsTrue(played > 500, $"{played} of {_file.Length}");
    }

    /// <summary>A recording of more than one piece.</summary>
    [TestMethod]
    public void Cuts_LoseNoMoreThanTheLastPiece()
    {
        byte[] file = RandomSession.Record(8, 1000, 0, 5, 500);
        long all = Play(file, out _).Verbs;
        Assert.IsTrue(file.Length > 300_000, $"{file.Length} bytes");
        long before = 0;
        for (int length = 70_000; length < file.Length; length += 25_000)
        {
            ReplayResult result = Play(file[..length], out _);
            Assert.AreEqual((null, RecordingEnd.CutOff), (result.Difference, result.End));
            Assert.IsTrue(result.Verbs >= before, "more is read of what is longer");
            before = result.Verbs;
        }

        Assert.IsTrue(before > all / 2 && before < all, $"{before} of {all}");
    }

    [TestMethod]
    public void EveryFlippedBit_IsFound()
    {
        var random = new Random(1);
        for (int at = 0; at < _file.Length; at++)
        {
            byte[] file = [.. _file];
            file[at] ^= (byte)(1 << random.Next(8));
            ReplayResult result = Play(file, out string error);
            bool isFound = result == null ? error.Length > 0 : result.End == RecordingEnd.Damaged;
            Assert.IsTrue(isFound, $"byte {at}: {result}");
        }
    }

    [TestMethod]
    public void BytesBehindTheEnd_AreDamage() => Assert.AreEqual(
        RecordingEnd.Damaged, Play([.. _file, 0], out _).End);

    [TestMethod]
    [DataRow("hello", "it is no recording")]
    [DataRow("", "it is cut off before its first verb")]
    [DataRow("EdgeBroker recording\n\u0007", "its format has the version 7")]
    public void ForeignFiles_AreNamed(string text, string expected)
    {
        Assert.AreEqual(null, Play(System.Text.Encoding.UTF8.GetBytes(text), out string error));
        StringAssert.Contains(error, expected);
    }

    private static ReplayResult Play(byte[] file, out string error)
    {
        error = "";
        try
        {
            var reader = new RecordingReader(new MemoryStream(file));
            ReplayResult result = new Player(reader, reader.What).Play();
            StringAssert.Contains(reader.Damage(), "at byte ");
            return result;
        }
        catch (InvalidDataException e)
        {
            error = e.Message;
            return null;
        }
    }
}
