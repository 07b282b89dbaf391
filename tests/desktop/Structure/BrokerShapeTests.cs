using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The broker's class stays the one that hands on, and the others stay whole.</summary>
[TestClass]
public sealed class BrokerShapeTests
{
    /// <summary>Lines of all files of MqttBroker, blank ones and comments included.</summary>
    private const int MaxBrokerLines = 1625;

    private const string Broker = "MqttBroker";

    [TestMethod]
    public void MqttBroker_HasAtMost1625Lines()
    {
        SourceText[] files = [.. Repository.Sources("shared/Broker")
            .Where(file => file.Path.Split('/')[^1].StartsWith(Broker))];
        Assert.IsNotEmpty(files);
        int lines = files.Sum(file => file.LineCount);
        Assert.IsLessThanOrEqualTo(MaxBrokerLines, lines);
    }

    [TestMethod]
    public void PartsOfAClass_StandInFilesOfItsName() => Offenders.AssertNone(
        "parts", Repository.Sources("shared/Broker").SelectMany(file => file.TopLevelTypes()
            .Where(type => type.Modifiers.Any(SyntaxKind.PartialKeyword)
                && file.Path.Split('/')[^1].Split('.')[0] != SourceText.NameOf(type))
            .Select(type => file.Finding(
                type, $"{SourceText.Describe(type)} is not in a file of its name"))));
}
