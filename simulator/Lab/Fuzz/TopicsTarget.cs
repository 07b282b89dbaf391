using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Topics;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// Names, filters, subscriptions and retained names against a plain list and the matching rules of
/// the model.
/// </summary>
public sealed class TopicsTarget : FuzzTarget
{
    private const int Subscribers = 4;
    private const int MaxLevels = 8;
    private const int Texts = 60;

    private static readonly string[] _levels =
        ["a", "b", "ab", "", "+", "#", "$x", "$share", "$SYS", "ä", "long level"];

    /// <inheritdoc/>
    public override string Name => "topics";

    /// <inheritdoc/>
    public override int MostSteps => 60;

    /// <inheritdoc/>
    public override void Run(FuzzCase played)
    {
        var texts = new BlockPool(8, Texts);
        var levels = new TopicLevels(MaxLevels, played.Setup * 7919);
        var table = new SubscriptionTable(
            24, Subscribers, Subscribers, 5 + (played.Setup & 7), levels, texts);
        var messages = new BlockPool(8, 400);
        var life = new TopicsLife(table, new RouteCache(table, 4, 6, 6),
            new RetainedTable(8, levels, messages), messages);
        foreach (FuzzStep step in played.Steps.Take(MostSteps))
        {
            Play(life, step);
        }

        life.End();
        Require(texts.FreeCount == Texts, "blocks of text are not back");
    }

    /// <inheritdoc/>
    public override FuzzStep NewStep(Random random)
    {
        int kind = random.Next(7);
        return new FuzzStep(kind, random.Next(256), Encoding.UTF8.GetBytes(Text(random, kind)));
    }

    /// <inheritdoc/>
    public override FuzzStep Bend(FuzzStep step, Random random) => step with
    {
        Bytes = random.Next(2) == 0
            ? new PacketBender(random).BendBytes(step.Bytes)
            : [.. step.Bytes, (byte)'/', .. NewStep(random).Bytes],
    };

    private static string Text(Random random, int kind)
    {
        bool isFilter = kind is 0 or 1 or 6;
        var text = new List<string>();
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            string level = _levels[random.Next(_levels.Length)];
            text.Add(!isFilter && level is "+" or "#" ? "a" : level);
        }

        return string.Join('/', text);
    }

    private void Play(TopicsLife life, FuzzStep step)
    {
        // Offset and what stands behind must not matter.
        byte[] framed = [(byte)'/', .. step.Bytes, (byte)'#'];
        string? text = System.Text.Unicode.Utf8.IsValid(step.Bytes)
            ? Encoding.UTF8.GetString(step.Bytes)
            : null;
        int length = step.Bytes.Length;
        Require(Utf8.IsValid(framed, 1, length) == (text != null && !text.Contains('\0')),
            "UTF-8 is judged wrongly [MQTT-1.5.4-1]");
        bool isName = text != null && TopicRules.IsName(text);
        Require(isName == (TopicName.Check(framed, 1, length, int.MaxValue) == ReasonCode.Success),
            "a Topic Name is judged wrongly [MQTT-3.3.2-2]");
        if (text == null || text.Contains('\0'))
        {
            return;
        }

        bool isFilter = TopicRules.IsFilter(text);
        Require(isFilter
            == (TopicFilter.Check(framed, 1, length, int.MaxValue) == ReasonCode.Success),
            "a Topic Filter is judged wrongly [MQTT-4.7.1-1] [MQTT-4.7.3-1]");
        Require(TopicRules.IsShared(text) == TopicFilter.IsShared(framed, 1, length),
            "a Shared Subscription is judged wrongly");
        life.Play(step.Kind % 7, step.Who, text, framed, isName, isFilter);
    }
}
