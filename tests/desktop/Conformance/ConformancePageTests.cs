using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Conformance;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Conformance;

/// <summary>
/// docs/conformance.md is what the list of statements and the sources make of it.
/// </summary>
[TestClass]
public sealed class ConformancePageTests
{
    // Appendix B of each standard has so many; two others who listed them count the same.
    private const int Statements5 = 251;
    private const int Statements311 = 141;

    private static readonly ConformancePage _page = new(new Checkout(Repository.Root));

    [TestMethod]
    public void Page_IsWhatTheCommandWrites() => Assert.IsTrue(
        Repository.Read(ConformancePage.Path) == _page.Text(),
        $"{ConformancePage.Path} is not up to date; run dotnet run --project simulator -- "
            + "conformance");

    [TestMethod]
    public void ListAndSources_Agree() =>
        Offenders.AssertNone("disagreements", _page.Disagreements);

    [TestMethod]
    public void List_HasEveryStatement_InOrder()
    {
        IReadOnlyList<Statement> all = StatementFile.Parse(Repository.Read(StatementFile.Path));
        Assert.HasCount(Statements5, all.Where(one => one.Version == "5.0"));
        Assert.HasCount(Statements311, all.Where(one => one.Version == "3.1.1"));
        foreach (IEnumerable<Statement> version in all.GroupBy(one => one.Version))
        {
            int[][] numbers = [.. version.Select(Parts)];
            for (int i = 1; i < numbers.Length; i++)
            {
                Assert.IsTrue(IsNext(numbers[i - 1], numbers[i]),
                    $"{string.Join(".", numbers[i])} follows {string.Join(".", numbers[i - 1])}");
            }
        }
    }

    private static int[] Parts(Statement one) =>
        [.. one.Number.Split('.', '-').Select(int.Parse)];

    // Within a section one after the other, but that 2.2.1 of 5.0 begins with 2.
    private static bool IsNext(int[] before, int[] after) =>
        before[..3].SequenceEqual(after[..3])
            ? after[3] == before[3] + 1
            : (after[3] == 1 || (after[3] == 2 && after[0] == 2))
                && Sum(before) < Sum(after);

    private static int Sum(int[] parts) => (((parts[0] * 100) + parts[1]) * 100) + parts[2];
}
