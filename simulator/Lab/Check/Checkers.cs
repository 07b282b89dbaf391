using System.Collections.Generic;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>The checkers of every run.</summary>
internal static class Checkers
{
    /// <summary>New ones, in the order in which they are told.</summary>
    public static IReadOnlyList<Checker> All() =>
    [
        new LimitsChecker(), new KeepAliveChecker(), new TakeoverChecker(), new PoolsChecker(),
        new CodesChecker(), new AnswersChecker(), new WillChecker(), new OrderChecker(),
        new FairnessChecker(), new DeadlinesChecker(), new SharesChecker(),
        new IdentifiersChecker(), new RateChecker(),
        new AckCodesChecker(), new CountersChecker(), new SessionsChecker(), new FlowsChecker(),
    ];
}
