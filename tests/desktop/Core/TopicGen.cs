using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// Topic Names and Topic Filters of few levels, so that they often have to do with one another.
/// </summary>
internal static class TopicGen
{
    private static readonly Gen<string> _nameLevel =
        Gen.Elements("a", "b", "", "$", "$a", "ab", "\u00e4", "a level that takes several blocks");

    private static readonly Gen<string> _filterLevel =
        Gen.Frequency((3, _nameLevel), (2, Gen.Constant("+")));

    /// <summary>Valid Topic Names.</summary>
    public static Gen<string> Name { get; } = Join(_nameLevel).Where(name => name.Length > 0);

    /// <summary>Valid Topic Filters.</summary>
    public static Gen<string> Filter { get; } = Gen.Frequency(
        (3, Join(_filterLevel).Where(filter => filter.Length > 0)),
        (1, Join(_filterLevel).Select(filter => filter + "/#")),
        (1, Gen.Constant("#")));

    private static Gen<string> Join(Gen<string> level) =>
        Gen.Choose(1, 5).SelectMany(count => level.ListOf(count))
            .Select(levels => string.Join('/', levels));
}
