using Microsoft.VisualStudio.TestTools.UnitTesting;

// More at once than there are cores: those that start processes mostly wait for them.
[assembly: Parallelize(Scope = ExecutionScope.ClassLevel, Workers = 4)]
