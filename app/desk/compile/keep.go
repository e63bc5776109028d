package compile

import "sync"

// layouts are the layouts that this process has computed so far. An editor compiles after each save and changes only a
// few scenes.
var layouts memory

// most is how many layouts are kept: about those of fifty explainers, 3 KB each.
const most = 5000

// memory stores results by name. Several goroutines may use it at the same time.
type memory struct {
	mu   sync.Mutex
	made map[string][]byte
}

// keep returns the stored result for a name, or calls make and stores what it returns.
func (m *memory) keep(name string, make func() ([]byte, error)) ([]byte, error) {
	m.mu.Lock()
	data, ok := m.made[name]
	m.mu.Unlock()
	if ok {
		return data, nil
	}
	data, err := make()
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.made == nil || len(m.made) >= most {
		m.made = map[string][]byte{}
	}
	m.made[name] = data
	return data, nil
}
