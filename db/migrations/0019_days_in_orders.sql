DROP INDEX "agreements_ends";--> statement-breakpoint
DROP INDEX "agreements_signed";--> statement-breakpoint
DROP INDEX "agreements_reference";--> statement-breakpoint
DROP INDEX "agreements_next_due";--> statement-breakpoint
CREATE INDEX "agreements_ends" ON "agreements" USING btree ("ends","id","next_due","signed");--> statement-breakpoint
CREATE INDEX "agreements_signed" ON "agreements" USING btree ("signed","id","next_due");--> statement-breakpoint
CREATE INDEX "agreements_reference" ON "agreements" USING btree ("reference_key","id","signed","next_due");--> statement-breakpoint
CREATE INDEX "agreements_next_due" ON "agreements" USING btree ("next_due","id","signed");