using System;

namespace EdgeBroker.Simulator.View;

/// <summary>What the user has chosen to see, changed by keys.</summary>
public sealed class ViewState
{
    private const int Pages = 5;
    private const int LongestFilter = 60;
    private const int LinesPerPage = 10;

    /// <summary>The page that is shown.</summary>
    public ViewPage Page { get; private set; }

    /// <summary>Lines that are scrolled away at the top; of the log, at the bottom.</summary>
    public int Scroll { get; private set; }

    /// <summary>The order of the clients, see ClientList.</summary>
    public int ClientOrder { get; private set; }

    /// <summary>The order of the topics, see TopicList.</summary>
    public int TopicOrder { get; private set; }

    /// <summary>Only what contains this text is listed.</summary>
    public string Filter { get; private set; } = "";

    /// <summary>Whether keys go into the filter.</summary>
    public bool IsTyping { get; private set; }

    /// <summary>Whether the picture stands still.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Whether the broker is to end.</summary>
    public bool WantsQuit { get; private set; }

    /// <summary>Whether something is shown: contains the filter's text, in any case.</summary>
    public bool Shows(string text)
    {
        return text.Contains(Filter, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Does what a key means.</summary>
    public void Press(ConsoleKeyInfo key)
    {
        if (IsTyping)
        {
            Type(key);
            return;
        }

        switch (key.KeyChar)
        {
            case >= '1' and <= '5':
                Open((ViewPage)(key.KeyChar - '1'));
                return;
            case 's' or 'S':
                Sort();
                return;
            case '/':
                IsTyping = true;
                return;
            case ' ':
                IsPaused = !IsPaused;
                return;
            case 'q' or 'Q':
                WantsQuit = true;
                return;
            default:
                Move(key);
                return;
        }
    }

    private void Move(ConsoleKeyInfo key)
    {
        // The log grows at its end and is shown from there: up means back in time.
        int down = Page == ViewPage.Log ? -1 : 1;
        switch (key.Key)
        {
            case ConsoleKey.Tab:
                int step = key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? Pages - 1 : 1;
                Open((ViewPage)(((int)Page + step) % Pages));
                break;
            case ConsoleKey.DownArrow:
                ScrollBy(down);
                break;
            case ConsoleKey.UpArrow:
                ScrollBy(-down);
                break;
            case ConsoleKey.PageDown:
                ScrollBy(down * LinesPerPage);
                break;
            case ConsoleKey.PageUp:
                ScrollBy(-down * LinesPerPage);
                break;
            case ConsoleKey.Home or ConsoleKey.End:
                Scroll = 0;
                break;
            case ConsoleKey.Escape:
                Filter = "";
                Scroll = 0;
                break;
        }
    }

    /// <summary>Says how far there is something to scroll to.</summary>
    public void LimitScroll(int most)
    {
        Scroll = Math.Clamp(Scroll, 0, Math.Max(0, most));
    }

    private void Open(ViewPage page)
    {
        Page = page;
        Scroll = 0;
    }

    private void ScrollBy(int lines)
    {
        Scroll = Math.Max(0, Scroll + lines);
    }

    private void Sort()
    {
        Scroll = 0;
        if (Page == ViewPage.Topics)
        {
            TopicOrder = (TopicOrder + 1) % TopicList.Orders;
        }
        else
        {
            ClientOrder = (ClientOrder + 1) % ClientList.Orders;
        }
    }

    private void Type(ConsoleKeyInfo key)
    {
        Scroll = 0;
        if (key.Key is ConsoleKey.Enter or ConsoleKey.Escape)
        {
            IsTyping = false;
            Filter = key.Key == ConsoleKey.Escape ? "" : Filter;
        }
        else if (key.Key == ConsoleKey.Backspace)
        {
            // An emoji is two chars, and half of it is no text.
            int last = Filter.Length > 1 && char.IsLowSurrogate(Filter[^1]) ? 2 : 1;
            Filter = Filter[..^Math.Min(last, Filter.Length)];
        }
        else if (char.IsLowSurrogate(key.KeyChar)
            ? Filter.Length > 0 && char.IsHighSurrogate(Filter[^1])
            : !char.IsControl(key.KeyChar) && Filter.Length < LongestFilter)
        {
            Filter += key.KeyChar;
        }
    }
}
