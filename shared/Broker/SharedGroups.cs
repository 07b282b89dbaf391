using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Shared Subscriptions (section 4.8.2): each message goes to one member of each group, in
    /// turn, and first to those who can take it at once.
    /// </summary>
    /// <remarks>
    /// A group stands in the table of subscriptions like a session, with a number above those of
    /// all sessions. Its name is what follows "$share/". Groups count from 1 here.
    /// </remarks>
    public sealed partial class SharedGroups
    {
        /// <summary>No group.</summary>
        public const int None = 0;

        private readonly BrokerParts _parts;
        private readonly BlockPool _texts;
        private readonly int _seed;
        private readonly int _firstOwner;

        // Of groups.
        private readonly int[] _text;
        private readonly int[] _length;
        private readonly int[] _next;
        private readonly int[] _bucket;
        private readonly int[] _firstMember;
        private readonly int[] _turn;
        private readonly int[] _held;
        private int _freed;
        private int _used;

        // Of members, which count from 1 too.
        private readonly int[] _session;
        private readonly int[] _group;
        private readonly int[] _identifier;
        private readonly byte[] _options;
        private readonly int[] _nextOfGroup;
        private readonly int[] _nextOfSession;
        private readonly int[] _firstOfSession;
        private int _freedMember;
        private int _usedMembers;

        /// <param name="parts">What the parts of the broker share.</param>
        public SharedGroups(BrokerParts parts)
        {
            BrokerLimits limits = parts.Limits;
            int most = limits.MaxSharedSubscriptions + 1;
            _parts = parts;
            _firstOwner = parts.Places() - 1;
            _seed = parts.Settings.HashSeed;
            _texts = new BlockPool(limits.TextBlockSize, most * 2);
            _text = new int[most];
            _length = new int[most];
            _next = new int[most];
            _bucket = new int[Hashing.Buckets(most)];
            _firstMember = new int[most];
            _turn = new int[most];
            _held = new int[most];
            _session = new int[most];
            _group = new int[most];
            _identifier = new int[most];
            _options = new byte[most];
            _nextOfGroup = new int[most];
            _nextOfSession = new int[most];
            _firstOfSession = new int[parts.Places()];
        }

        /// <summary>Members of all groups.</summary>
        public int Count { get; private set; }

        /// <summary>Shared Subscriptions of a session.</summary>
        public int CountOf(int session)
        {
            int count = 0;
            for (int m = _firstOfSession[session]; m != None; m = _nextOfSession[m])
            {
                count++;
            }

            return count;
        }

        /// <summary>Makes a session a member, or replaces its options.</summary>
        /// <param name="session">Whose.</param>
        /// <param name="buffer">Where the checked Topic Filter stands, "$share/" first.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="options">Granted QoS and option bits.</param>
        /// <param name="identifier">Subscription Identifier, or 0.</param>
        /// <returns>As SubscriptionTable.Subscribe.</returns>
        public int Subscribe(int session, byte[] buffer, int offset, int length, byte options,
            int identifier)
        {
            int group = Find(buffer, offset, length);
            int member = group == None ? None : MemberOf(group, session);
            int result = SubscriptionTable.Replaced;
            if (member == None)
            {
                if (Count >= _session.Length - 1)
                {
                    return SubscriptionTable.Full;
                }

                if (group == None)
                {
                    result = Begin(buffer, offset, length, out group);
                    if (result < 0)
                    {
                        return result;
                    }
                }

                member = Join(group, session);
                result = SubscriptionTable.Added;
            }

            _options[member] = options;
            _identifier[member] = identifier > 0 ? identifier : 0;
            return result;
        }

        /// <summary>Whether a session is a member.</summary>
        public bool Has(int session, byte[] buffer, int offset, int length)
        {
            int group = Find(buffer, offset, length);
            return group != None && MemberOf(group, session) != None;
        }

        /// <summary>Ends a membership.</summary>
        /// <returns>False when there was none.</returns>
        public bool Unsubscribe(int session, byte[] buffer, int offset, int length)
        {
            int group = Find(buffer, offset, length);
            int member = group == None ? None : MemberOf(group, session);
            if (member == None)
            {
                return false;
            }

            Leave(member);
            return true;
        }

        /// <summary>Ends all memberships of a session.</summary>
        public void RemoveAll(int session)
        {
            while (_firstOfSession[session] != None)
            {
                Leave(_firstOfSession[session]);
            }
        }

        /// <summary>A session has one more message of a group.</summary>
        public void Hold(int group)
        {
            _held[group]++;
        }

        /// <summary>A message of a group has gone; a group that is over may end.</summary>
        public void Release(int group)
        {
            _held[group]--;
            EndIfOver(group);
        }

        /// <summary>Gives a message to one member.</summary>
        /// <param name="publisher">The slot it comes from, or below 0.</param>
        /// <param name="group">The group.</param>
        /// <param name="header">First byte of the PUBLISH, without DUP.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        public void Deliver(int publisher, int group, byte header, int message)
        {
            int qos = (header & PacketWriter.QosBits) >> 1;
            int member = Choose(group, qos);
            if (member == None)
            {
                // Nobody is there who could take it.
                _parts.Counters[Counter.LimitQueue]++;
                _parts.Counters[Counter.PublishDropped]++;
                return;
            }

            int session = _session[member];
            int slot = _parts.Sessions.SlotOf[session];
            int options = _options[member];
            int granted = options & SubscriptionOptions.QosMask;
            int first = Router.HeaderOf(
                options, (header & 1) != 0, slot >= 0 && slot == publisher)
                | (qos < granted ? qos : granted) << 1;
            _parts.Outgoing.Deliver(
                session, slot, (byte)first, message, _identifier[member], group);
        }
    }
}
