using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Run;

// Its session: what it knows of it, and whether the broker still does.
internal sealed partial class LabClient
{
    private readonly Dictionary<string, int> _granted = [];
    private readonly Dictionary<int, string> _unasked = [];
    private bool _isRenewed;
    private bool _hasSession;
    private bool _isDoubtful;
    private bool _hasAsked;
    private bool _isClean;
    private long _expiryMs;
    private long _leftMs;

    /// <summary>
    /// The broker has lost its sessions. A client whose CONNECT is not answered then cannot know if
    /// the session that is there is its old one, and begins a new one. So it is when its session
    /// may be over, or the broker may have too many.
    /// </summary>
    public void Doubt()
    {
        _isDoubtful = true;
        _hasAsked = false;
    }

    /// <summary>Its next CONNECT begins a new session.</summary>
    public void Renew() => _isRenewed = true;

    // It has one, and be it empty, from the moment that it asks for it.
    private bool IsClean()
    {
        bool isOver = (_isClean && Spec.Version == 4) || _net.NowMs - _leftMs >= _expiryMs;
        _isDoubtful |= isOver || !_isSafe;
        _isRenewed |= _isDoubtful && _hasAsked;
        _hasAsked = true;
        _isClean = !Spec.KeepsSession || _isRenewed;
        _hasSession |= Spec.KeepsSession;
        return _isClean;
    }

    private long ExpiryS() => Spec.ExpiryS > 0 ? Spec.ExpiryS : SessionState.Never;

    private IEnumerable<Property> ConnectProperties()
    {
        if (Spec.KeepsSession)
        {
            yield return new Property(Property.SessionExpiryInterval,
                ExpiryS());
        }

        if (Spec.ReceiveMaximum > 0)
        {
            yield return new Property(Property.ReceiveMaximum, (long)Spec.ReceiveMaximum);
        }

        if (Spec.MaxPacketSize > 0)
        {
            yield return new Property(Property.MaximumPacketSize, (long)Spec.MaxPacketSize);
        }
    }

    /// <summary>Goes on with its session, or begins anew if the broker has none.</summary>
    private void Resume(Packet connack)
    {
        if (connack.SessionPresent && (!_hasSession || _isClean))
        {
            throw new CheckFailedException(
                "sessions", $"{Spec.Id} got {connack} and has no session");
        }

        _quota = Spec.Version == 5
            ? connack.Number(Property.ReceiveMaximum, ushort.MaxValue)
            : _quotaOfOld;
        _isRenewed &= !_isClean;
        _isDoubtful = false;
        _hasAsked = false;
        _expiryMs = Spec.Version == 4
            ? long.MaxValue
            : 1000 * connack.Number(Property.SessionExpiryInterval, ExpiryS());
        _asked.Clear();
        if (!connack.SessionPresent)
        {
            _onTheirWay.Clear();
            _waiting.Clear();
            _received.Clear();
            _granted.Clear();
            _unasked.Clear();
        }

        SendAgain();
        foreach ((string filter, int options) in _filters)
        {
            if (!_granted.TryGetValue(filter, out int granted) || granted != options)
            {
                SendSubscribe(filter, options);
            }
        }

        string[] left = [.. _granted.Keys.Concat(_unasked.Values).Distinct()
            .Where(f => !_filters.ContainsKey(f))];
        _unasked.Clear();
        foreach (string filter in left)
        {
            SendUnsubscribe(filter);
        }
    }

    private void SendUnsubscribe(string filter)
    {
        int id = NextId();
        _unasked[id] = filter;
        _granted.Remove(filter);
        Send(new Packet(PacketKind.Unsubscribe) { PacketId = id, Filters = [(filter, 0)] });
    }

    private void NoteGranted(string filter, int options, int code)
    {
        if (code >= 0x80)
        {
            Refused.Add(filter);
        }
        else
        {
            _granted[filter] = options;
        }
    }
}
