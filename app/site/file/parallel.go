package file

import (
	"runtime"
	"sync"
)

// Parallel calls work for 0 to n-1, on as many goroutines as there are processors. It returns the error of the
// lowest number, or nil.
func Parallel(n int, work func(i int) error) error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				errs[i] = work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
