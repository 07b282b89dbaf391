using System;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Turns are fair (docs/architecture.md, rule 3): while a connection waits for its turn to be
/// handled, or to be offered, no other one gets more than two.
/// </summary>
/// <remarks>
/// One of the two is the turn that the other had already before it in the queue; the second may be
/// under way when the wait begins.
/// </remarks>
public sealed class FairnessChecker() : Checker("fairness")
{
    /// <summary>Turns of one other connection that a wait may last.</summary>
    public const int MostTurns = 2;

    private const byte Ready = Offers.Ready;

    private int _slots;
    private int[] _handled = [];
    private int[] _offered = [];
    private bool[] _waits = [];
    private byte[] _offers = [];
    private int _first = SlotQueue.None;
    private int _turn = SlotQueue.None;

    /// <inheritdoc/>
    public override void Started()
    {
        _slots = Facts.Limits.Slots();
        _handled = new int[_slots * _slots];
        _offered = new int[_slots * _slots];
        _waits = new bool[_slots];
        _offers = new byte[_slots];
        _first = SlotQueue.None;
        _turn = SlotQueue.None;
    }

    /// <inheritdoc/>
    public override void Handled(Session session, Packet packet) => _turn = session.Slot;

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        SlotQueue turns = CoreInside.Turns(Facts.Broker);
        int[] next = CoreInside.NextOf(turns);
        Offers offers = CoreInside.Queues(Facts.Broker).Offers;
        if (verb.Kind == VerbKind.Tick)
        {
            int turn = _turn != SlotQueue.None ? _turn
                : turns.First != _first ? _first
                : SlotQueue.None;
            if (turn != SlotQueue.None)
            {
                NoteTurn(turn, next);
            }
        }
        else if (verb.Kind == VerbKind.Transmit && _offers[verb.Slot] == Ready)
        {
            NoteOffer(verb.Slot, offers.State);
        }

        // A wait begins anew in a slot that somebody else has.
        foreach (Session session in Facts.Open)
        {
            int slot = session.Slot;
            bool waits = next[slot] != 0 && session.Arrived.Count > 0 && !session.IsEnded;
            if (waits != _waits[slot])
            {
                _waits[slot] = waits;
                Array.Clear(_handled, slot * _slots, _slots);
            }

            if (offers.State[slot] != _offers[slot])
            {
                _offers[slot] = offers.State[slot];
                Array.Clear(_offered, slot * _slots, _slots);
            }
        }

        if (verb.Kind is VerbKind.Open or VerbKind.Close && verb.Slot >= 0)
        {
            _waits[verb.Slot] = false;
            _offers[verb.Slot] = offers.State[verb.Slot];
            Array.Clear(_handled, verb.Slot * _slots, _slots);
            Array.Clear(_offered, verb.Slot * _slots, _slots);
        }

        _first = turns.First;
        _turn = SlotQueue.None;
    }

    private void NoteTurn(int turn, int[] next)
    {
        foreach (Session session in Facts.Open)
        {
            int slot = session.Slot;
            if (slot == turn)
            {
                Array.Clear(_handled, slot * _slots, _slots);
            }
            else if (_waits[slot] && next[slot] != 0)
            {
                int turns = ++_handled[(slot * _slots) + turn];
                Require(turns <= MostTurns, $"{session} has packets that wait, "
                    + $"and {Facts.At(turn)} had {turns} turns since");
            }
        }
    }

    private void NoteOffer(int turn, byte[] states)
    {
        foreach (Session session in Facts.Open)
        {
            int slot = session.Slot;
            if (slot == turn)
            {
                Array.Clear(_offered, slot * _slots, _slots);
            }
            else if (_offers[slot] == Ready && states[slot] == Ready)
            {
                int turns = ++_offered[(slot * _slots) + turn];
                Require(turns <= MostTurns, $"{session} is to be offered something, "
                    + $"and {Facts.At(turn)} was offered {turns} times since");
            }
        }
    }
}
