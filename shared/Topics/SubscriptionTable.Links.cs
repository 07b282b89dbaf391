namespace EdgeBroker.Topics
{
    public sealed partial class SubscriptionTable
    {
        private static int Mix(int node, int subscriber)
        {
            int hash = node * -1640531527 + subscriber * 668265263;
            return hash ^ (hash >> 15);
        }

        private int Lookup(int node, int subscriber)
        {
            int s = _bucket[Mix(node, subscriber) & _bucketMask] - 1;
            while (s != None && (_node[s] != node || _subscriber[s] != subscriber))
            {
                s = _nextInBucket[s] - 1;
            }

            return s;
        }

        private void Remove(int s)
        {
            int node = _node[s];
            int subscriber = _subscriber[s];
            Generation++;
            RemoveFromBucket(s, Mix(node, subscriber) & _bucketMask);

            int next = _nextOfNode[s];
            int previous = _previousOfNode[s];
            if (previous == None)
            {
                _tree.Value[node] = next;
            }
            else
            {
                _nextOfNode[previous] = next;
            }

            if (next != None)
            {
                _previousOfNode[next] = previous;
            }

            next = _nextOfSubscriber[s];
            previous = _previousOfSubscriber[s];
            if (previous == None)
            {
                _firstOfSubscriber[subscriber] = next + 1;
            }
            else
            {
                _nextOfSubscriber[previous] = next;
            }

            if (next != None)
            {
                _previousOfSubscriber[next] = previous;
            }

            _nextOfNode[s] = _freed;
            _freed = s;
            _countOfSubscriber[subscriber]--;
            Count--;
            _tree.Prune(node);
        }

        private void RemoveFromBucket(int s, int bucket)
        {
            int at = _bucket[bucket] - 1;
            if (at == s)
            {
                _bucket[bucket] = _nextInBucket[s];
                return;
            }

            while (_nextInBucket[at] - 1 != s)
            {
                at = _nextInBucket[at] - 1;
            }

            _nextInBucket[at] = _nextInBucket[s];
        }
    }
}
