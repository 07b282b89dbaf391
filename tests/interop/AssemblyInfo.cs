using Microsoft.VisualStudio.TestTools.UnitTesting;

// The processes of one test keep two cores busy already.
[assembly: DoNotParallelize]
