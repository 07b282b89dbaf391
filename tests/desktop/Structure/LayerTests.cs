using System;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>Who may see whom: Memory, Codec, Topics, Broker, boards, then the two hosts.</summary>
[TestClass]
public sealed class LayerTests
{
    /// <summary>Stand-ins, which have the namespaces of what they stand for.</summary>
    private static readonly string[] _deviceSpaces = ["System.", "nanoFramework."];

    private const string SampleRoot = "EdgeBroker.Tests.Desktop.Structure.Samples";

    private static readonly string[] _sharedLayers = ["Memory", "Codec", "Topics", "Broker"];

    private const string ClientFolder = "shared/Codec/Client/";

    [TestMethod]
    public void CompiledCode_SeesLowerLayersOnly()
    {
        ModuleDefinition[] modules = Il.Modules(
            "EdgeBroker.Shared", "EdgeBroker.Boards", "EdgeBroker.Firmware.Pc",
            "EdgeBroker.Simulator");
        Assert.IsNotEmpty(modules);
        Offenders.AssertNone(
            "layers", new LayerRule("EdgeBroker").Check(modules.SelectMany(Il.Types)
                .Where(type => !_deviceSpaces.Any(
                    space => Il.Outermost(type).Namespace.StartsWith(
                        space, StringComparison.Ordinal)))));
    }

    [TestMethod]
    public void Sources_NameLowerLayersOnly()
    {
        LayerRule rule = new("EdgeBroker");
        Offenders.AssertNone("layers", _sharedLayers.SelectMany(layer =>
            Repository.Sources("shared/" + layer)
                .SelectMany(file => rule.CheckSource(file, file.Path.StartsWith(ClientFolder)
                    ? LayerRule.ClientHalf
                    : layer))));
        Offenders.AssertNone("layers", Repository.Sources("boards")
            .SelectMany(file => rule.CheckSource(file, "Boards")));
    }

    [TestMethod]
    public void SharedSources_StandInTheFourLayers()
    {
        string[] files =
            [.. Repository.Files("shared").Where(path => Path.GetExtension(path) == ".cs")];
        Assert.IsNotEmpty(files);
        Offenders.AssertNone(
            "outside the layers", files.Where(path => !_sharedLayers.Contains(path.Split('/')[1])));
    }

    [TestMethod]
    [DataRow("BadCodec::Look", "Codec sees", "BadTopics")]
    [DataRow("BadTopics::Field", "Topics sees", "BadBroker")]
    [DataRow("BadTopics::Catch", "Topics sees", "BadBroker")]
    [DataRow("BadBroker::Arrays", "Broker sees", "BadFirmware")]
    [DataRow("BadFirmware", "Firmware sees", "BadSimulator")]
    [DataRow("UsesClientHalf::Ask", "Broker sees", "ClientSample")]
    [DataRow("ClientSample::Climb", "Codec.Client sees", "GoodBroker")]
    [DataRow("Samples.BadConstructs stands in no layer", "", "")]
    public void UpwardReference_IsSeen(string where, string layer, string type)
    {
        TypeDefinition[] samples =
        [
            .. Il.Types(Il.Modules("EdgeBroker.Tests.Desktop").Single())
                .Where(t => Il.Outermost(t).Namespace.StartsWith(SampleRoot)),
        ];
        Offenders.AssertFinds(new LayerRule(SampleRoot).Check(samples), where, layer, type);
    }

    [TestMethod]
    public void DownwardReference_IsAllowed()
    {
        Offenders.AssertNone("clean sample", new LayerRule(SampleRoot).Check(
            Il.Sample(typeof(Samples.Broker.GoodBroker))));
    }

    [TestMethod]
    [DataRow("using EdgeBroker.Topics;\nnamespace EdgeBroker.Codec;\n", "S.cs:1: Codec names")]
    [DataRow("\nnamespace EdgeBroker.Broker\n{\n}\n", "S.cs:2: Codec names EdgeBroker.Broker")]
    [DataRow("using EdgeBroker.Codec.Client;\n", "S.cs:1: Codec names EdgeBroker.Codec.Client")]
    [DataRow("namespace EdgeBroker.Codec.Client\n{\n}\n", "S.cs:1: Codec names EdgeBroker.Codec.C")]
    public void UpwardSource_IsSeen(string text, string expected) => Offenders.AssertFinds(
        new LayerRule("EdgeBroker").CheckSource(new SourceText("S.cs", text), "Codec"), expected);

    [TestMethod]
    public void DownwardSource_IsAllowed()
    {
        SourceText file =
            new("S.cs", "using EdgeBroker.Codec;\nnamespace EdgeBroker.Topics\n{\n}\n");
        Assert.IsFalse(new LayerRule("EdgeBroker").CheckSource(file, "Topics").Any());
    }
}
