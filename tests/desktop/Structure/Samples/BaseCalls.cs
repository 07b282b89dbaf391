using System.Text;

namespace EdgeBroker.Tests.Desktop.Structure.Samples;

/// <summary>Calls a member that, in the tests' lists, only a base type or interface has.</summary>
internal sealed class BaseCalls
{
    public int Length(StringBuilder text) => text.Length;
}
