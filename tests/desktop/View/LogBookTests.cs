using System;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Serve;
using EdgeBroker.Simulator.View;
using EdgeBroker.Tests.Desktop.Serve;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>What was logged while the view was open is there when it is left.</summary>
[TestClass]
public sealed class LogBookTests
{
    [TestMethod]
    public void Close_HandsOverInOrderAndThenPassesOn()
    {
        using var sink = new GatedSink();
        sink.Open();
        var book = new LogBook(sink);
        string[] lines = ["client a connected", "refused CONNECT of b: why", "client c connected"];
        foreach (string line in lines)
        {
            book.Add(DateTime.UtcNow, line);
        }

        Assert.IsEmpty(sink.Lines);
        book.Close();
        book.Close();
        book.Add(DateTime.UtcNow, "stopped");
        CollectionAssert.AreEqual((string[])[.. lines, "stopped"], sink.Lines.ToArray());
    }

    [TestMethod]
    public void LineAfterClose_IsWrittenAtOnce()
    {
        using var stream = new MemoryStream();
        var book = new LogBook(new WriterSink(stream, false));
        book.Close();
        book.Add(DateTime.UtcNow, "stopping");
        Assert.IsGreaterThan(0L, stream.Length);
    }

    [TestMethod]
    public void StormOfLines_PushesNoRefusalOut()
    {
        using var sink = new GatedSink();
        sink.Open();
        var book = new LogBook(sink);
        book.Add(DateTime.UtcNow, "refused CONNECT of b: why");
        book.Add(DateTime.UtcNow, "and 9 more: refused CONNECT: why (0x87)");
        for (int i = 0; i < LogBook.KeptLines + 100; i++)
        {
            book.Add(DateTime.UtcNow, "client connected " + i);
        }

        Assert.HasCount(LogBook.KeptLines + 2, book.Lines());
        book.Close();
        StringAssert.StartsWith(sink.Lines[0], "100 older lines and 0 older refusals");
        Assert.AreEqual("refused CONNECT of b: why", sink.Lines[1]);
        Assert.AreEqual("client connected 100", sink.Lines[3]);
    }

    [TestMethod]
    public void StormOfRefusals_IsBoundedAndCounted()
    {
        using var sink = new GatedSink();
        sink.Open();
        var book = new LogBook(sink);
        for (int i = 0; i < LogBook.KeptRefusals + 7; i++)
        {
            book.Add(DateTime.UtcNow, "refused CONNECT of b: " + i);
        }

        book.Close();
        StringAssert.StartsWith(sink.Lines[0], "0 older lines and 7 older refusals");
        Assert.HasCount(LogBook.KeptRefusals + 1, sink.Lines);
    }
}
