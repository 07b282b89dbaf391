using Microsoft.VisualStudio.TestTools.UnitTesting;

// Each test has topics of its own, and most of its time its clients start.
[assembly: Parallelize(Scope = ExecutionScope.ClassLevel, Workers = 3)]
