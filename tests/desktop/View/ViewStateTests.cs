using System;
using EdgeBroker.Simulator.View;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>What the keys of the view do.</summary>
[TestClass]
public sealed class ViewStateTests
{
    [TestMethod]
    public void NumbersAndTab_TurnPages()
    {
        Assert.AreEqual(ViewPage.Topics, FixedFrame.After('3').Page);
        Assert.AreEqual(ViewPage.Clients, FixedFrame.After(ConsoleKey.Tab).Page);
        Assert.AreEqual(ViewPage.Overview, FixedFrame.After('5', ConsoleKey.Tab).Page);
        Assert.AreEqual(ViewPage.Overview, FixedFrame.After('6').Page);
    }

    [TestMethod]
    public void Slash_TypesAFilterUntilEnter()
    {
        ViewState state = FixedFrame.After('/', 'q', '2', ' ');
        Assert.IsTrue(state.IsTyping);
        Assert.AreEqual("q2 ", state.Filter);
        Assert.IsFalse(state.WantsQuit || state.IsPaused);
        FixedFrame.Press(state, ConsoleKey.Backspace);
        FixedFrame.Press(state, ConsoleKey.Enter);
        FixedFrame.Press(state, '2');
        Assert.AreEqual("q2", state.Filter);
        Assert.AreEqual(ViewPage.Clients, state.Page);
        Assert.IsTrue(state.Shows("client Q2"));
        Assert.IsFalse(state.Shows("client 2"));
        FixedFrame.Press(state, ConsoleKey.Escape);
        Assert.AreEqual("", state.Filter);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("x")]
    public void Filter_NeverHoldsHalfACharacter(string start)
    {
        ViewState state = FixedFrame.After(['/', .. start, '\ud83d', '\ude00']);
        FixedFrame.Press(state, ConsoleKey.Backspace);
        Assert.AreEqual(start, state.Filter);
        for (int i = 0; i < 40; i++)
        {
            FixedFrame.Press(state, '\ud83d');
            FixedFrame.Press(state, '\ude00');
        }

        Assert.DoesNotContain("\ufffd", string.Concat(state.Filter.EnumerateRunes()));
        Assert.IsGreaterThan(50, state.Filter.Length);
    }

    [TestMethod]
    public void SpacePausesAndGoesOn_QQuits()
    {
        Assert.IsTrue(FixedFrame.After(' ').IsPaused);
        Assert.IsFalse(FixedFrame.After(' ', ' ').IsPaused);
        Assert.IsTrue(FixedFrame.After('q').WantsQuit);
        Assert.IsFalse(FixedFrame.After(' ', 's', '/', 'q').WantsQuit);
    }

    [TestMethod]
    public void S_GoesThroughTheOrdersOfThePage()
    {
        ViewState state = FixedFrame.After('2', 's');
        Assert.AreEqual(1, state.ClientOrder);
        Assert.AreEqual(0, state.TopicOrder);
        FixedFrame.Press(state, '3');
        for (int i = 0; i < 5; i++)
        {
            FixedFrame.Press(state, 's');
        }

        Assert.AreEqual(1, state.ClientOrder);
        Assert.AreEqual(1, state.TopicOrder, "four orders, and round again");
    }

    [TestMethod]
    public void Arrows_ScrollAndNotAboveTheTop()
    {
        Assert.AreEqual(0, FixedFrame.After('2', ConsoleKey.UpArrow).Scroll);
        Assert.AreEqual(
            11, FixedFrame.After('2', ConsoleKey.PageDown, ConsoleKey.DownArrow).Scroll);
        Assert.AreEqual(1, FixedFrame.After('5', ConsoleKey.UpArrow).Scroll, "back in the log");
        Assert.AreEqual(0, FixedFrame.After('2', ConsoleKey.PageDown, '3').Scroll);
    }
}
