using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    public sealed partial class SharedGroups
    {
        private const int Prefix = 7; // "$share/"

        /// <summary>
        /// Who is next: the first, from the one whose turn it is, who takes a message at once; else
        /// one who is connected; else, at QoS 1 and 2, one whose session has room.
        /// </summary>
        private int Choose(int group, int qos)
        {
            int start = _turn[group] != None ? _turn[group] : _firstMember[group];
            int best = None;
            int bestRank = 0;
            int member = start;
            while (member != None)
            {
                int granted = _options[member] & SubscriptionOptions.QosMask;
                int rank = _parts.Outgoing.RankOf(_session[member], qos < granted ? qos : granted);
                if (rank > bestRank)
                {
                    best = member;
                    bestRank = rank;
                }

                member = _nextOfGroup[member] != None
                    ? _nextOfGroup[member]
                    : _firstMember[group];
                if (member == start || bestRank == Outgoing.BestRank)
                {
                    break;
                }
            }

            if (best != None)
            {
                _turn[group] = _nextOfGroup[best];
            }

            return best;
        }

        private int Find(byte[] buffer, int offset, int length)
        {
            offset += Prefix;
            length -= Prefix;
            int hash = Hashing.Of(buffer, offset, length, _seed);
            int group = _bucket[Hashing.Index(hash, _bucket.Length - 1)];
            while (group != None && (_length[group] != length
                || !_texts.StartsWith(_text[group], buffer, offset, length)))
            {
                group = _next[group];
            }

            return group;
        }

        private int Begin(byte[] buffer, int offset, int length, out int group)
        {
            int filter = TopicFilter.SharedFilterAt(buffer, offset, length);
            group = _freed != None ? _freed : _used + 1;
            if (group == _text.Length)
            {
                return SubscriptionTable.Full; // Groups that are over still have messages.
            }

            int text = _texts.Store(buffer, offset + Prefix, length - Prefix);
            if (text == BlockPool.None)
            {
                return SubscriptionTable.Full;
            }

            int owner = _firstOwner + group;
            int result = _parts.Subscriptions.Subscribe(owner, buffer, filter,
                offset + length - filter, SubscriptionOptions.QosMask - 1);
            if (result < 0)
            {
                _texts.Free(text);
                return result;
            }

            if (group == _freed)
            {
                _freed = _next[group];
            }
            else
            {
                _used++;
            }

            int hash = Hashing.Of(buffer, offset + Prefix, length - Prefix, _seed);
            int bucket = Hashing.Index(hash, _bucket.Length - 1);
            _text[group] = text;
            _length[group] = length - Prefix;
            _next[group] = _bucket[bucket];
            _bucket[bucket] = group;
            _turn[group] = None;
            return result;
        }

        private int MemberOf(int group, int session)
        {
            int member = _firstOfSession[session];
            while (member != None && _group[member] != group)
            {
                member = _nextOfSession[member];
            }

            return member;
        }

        private int Join(int group, int session)
        {
            int member = _freedMember;
            if (member != None)
            {
                _freedMember = _nextOfGroup[member];
            }
            else
            {
                member = ++_usedMembers;
            }

            Count++;
            _session[member] = session;
            _group[member] = group;
            _nextOfGroup[member] = _firstMember[group];
            _firstMember[group] = member;
            _nextOfSession[member] = _firstOfSession[session];
            _firstOfSession[session] = member;
            return member;
        }

        private void Leave(int member)
        {
            int group = _group[member];
            int session = _session[member];
            _turn[group] = _turn[group] == member ? _nextOfGroup[member] : _turn[group];
            if (_firstMember[group] == member)
            {
                _firstMember[group] = _nextOfGroup[member];
            }
            else
            {
                Unlink(_nextOfGroup, _firstMember[group], member);
            }

            if (_firstOfSession[session] == member)
            {
                _firstOfSession[session] = _nextOfSession[member];
            }
            else
            {
                Unlink(_nextOfSession, _firstOfSession[session], member);
            }

            Count--;
            _nextOfGroup[member] = _freedMember;
            _freedMember = member;
            if (_firstMember[group] == None)
            {
                _parts.Subscriptions.RemoveAll(_firstOwner + group);
                Forget(group);
                EndIfOver(group);
            }
        }

        // Its name is free, its number not before the last of its messages has gone.
        private void Forget(int group)
        {
            int hash = Hashing.Of(_texts, _text[group], _length[group], _seed);
            int bucket = Hashing.Index(hash, _bucket.Length - 1);
            if (_bucket[bucket] == group)
            {
                _bucket[bucket] = _next[group];
            }
            else
            {
                Unlink(_next, _bucket[bucket], group);
            }

            _texts.Free(_text[group]);
            _length[group] = 0;
        }

        private void EndIfOver(int group)
        {
            if (group != None && _held[group] == 0 && _length[group] == 0)
            {
                _next[group] = _freed;
                _freed = group;
            }
        }

        private static void Unlink(int[] next, int at, int gone)
        {
            while (next[at] != gone)
            {
                at = next[at];
            }

            next[at] = next[gone];
        }
    }
}
