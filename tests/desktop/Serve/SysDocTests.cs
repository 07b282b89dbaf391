using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>docs/sys.md lists exactly the figures under $SYS/broker/.</summary>
[TestClass]
public sealed class SysDocTests
{
    [TestMethod]
    public void Page_ListsEveryFigureOnce()
    {
        List<string> listed = [.. Repository.Read("docs/sys.md").Split('\n')
            .Where(line => line.StartsWith("| `"))
            .Select(line => line.Split('`')[1])];
        List<string> figures = [.. Enumerable.Range(0, SysTopics.Count).Select(SysTopics.NameOf)];
        CollectionAssert.AreEquivalent(figures, listed);
    }
}
