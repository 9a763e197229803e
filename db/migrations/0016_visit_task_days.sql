CREATE INDEX "visit_tasks_due" ON "visit_tasks" USING btree ("due_on");--> statement-breakpoint
CREATE INDEX "visit_tasks_open" ON "visit_tasks" USING btree ("due_on","id") WHERE done_at is null;